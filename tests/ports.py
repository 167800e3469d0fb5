"""Ports for programs that tests start: free, and such that nobody else gets them by chance before they listen."""

import secrets
import socket

# Below those that the system hands to whoever asks for any, as every outgoing connection does.
OURS = range(20_000, 32_000)


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    while True:
        port = secrets.choice(OURS)
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                return port
