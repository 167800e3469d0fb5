"""What people see: one folder an area, above every domain (not Django apps)."""
