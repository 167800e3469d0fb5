"""Security of the whole house; a package, so that its place is loaded once and taken back when it ends."""
