"""The `namro` command: Django's management commands with our own."""

import os
import sys


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namro.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["namro", *sys.argv[1:]])


if __name__ == "__main__":
    main()
