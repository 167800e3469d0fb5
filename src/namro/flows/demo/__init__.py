"""The demo: people, tasks and returns that are made up by seeded generators and marked as synthetic."""
