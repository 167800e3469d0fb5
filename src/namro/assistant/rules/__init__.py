"""What the assistant decides without a database: what it hides, refuses, understands, and what it lets pass."""
