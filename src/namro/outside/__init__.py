"""The only door to the world outside: mail by SMTP, calls by HTTP; one file an outside thing, no tables."""
