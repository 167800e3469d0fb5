"""What we tell: official documents from figures."""
