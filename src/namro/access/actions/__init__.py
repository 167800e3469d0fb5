"""Verbs of the door: visits, second factors, passwords, identities, keys; and the counting of what was tried."""
