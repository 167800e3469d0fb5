"""What people say about the service: sent without an account, answered by officers, the answers open to everybody."""
