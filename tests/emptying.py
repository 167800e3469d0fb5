"""What a test stored for good is gone after it: the tables of Django's models, and those that are not Django's."""

from django.core.management import call_command
from django.db import connection

# The queue's tables and the lake's catalogue belong to other programs: Django's own emptying passes them by.
OTHERS = """
DELETE FROM procrastinate_jobs;
DELETE FROM procrastinate_periodic_defers;
DELETE FROM iceberg_tables;
"""


def empty_all() -> None:
    """Empty every table."""
    call_command("flush", interactive=False, verbosity=0)
    empty_others()


def empty_others() -> None:
    """Empty the tables that are not Django's to empty."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
