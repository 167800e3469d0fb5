"""Trung tâm điều hành: the city and each unit at a glance, by service group, on the wall, on one's own board."""
