"""Forms of the tasks: fields, the task itself, and one form a verb."""
