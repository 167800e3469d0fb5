"""Rows in, figures out: of the house's own observations (`observations`), and of the tables of the lake (`tables`).

Nothing is handed on from here: the engine takes a second to load, and a page that asks for a sign needs none of it.
"""
