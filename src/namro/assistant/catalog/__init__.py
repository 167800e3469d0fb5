"""What a package declares for the assistant: reviewed lists, checked as they are read."""
