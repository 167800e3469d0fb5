"""Views of the tasks, one module a page."""
