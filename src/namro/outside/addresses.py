"""Where a name of the network leads, looked up before it is called."""

import ipaddress
import socket
from urllib.parse import urlsplit

from namro.outside.connectors import Unreadable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def addresses_of(host: str, port: int) -> list[Address]:
    """Return the addresses of a host, IPv4 written as IPv6 as what it is; OSError where it has none."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (UnicodeError, ValueError) as fault:
        raise OSError(str(fault)) from None
    return [_plain(ipaddress.ip_address(str(row[4][0]).partition("%")[0])) for row in rows]


def is_infrastructure(address: Address) -> bool:
    """Whether an address is of the machines themselves (link-local, as of a cloud's own data), never of a source."""
    return address.is_link_local or address.is_unspecified or address.is_multicast


def check_is_source(url: str) -> None:
    """Refuse what leads to the infrastructure, by whatever name; a name that leads nowhere fails when called."""
    try:
        parts = urlsplit(url)
        found = addresses_of(parts.hostname or "", parts.port or 443)
    except (OSError, ValueError):
        return
    if any(map(is_infrastructure, found)):
        raise Unreadable("Địa chỉ này dẫn tới chính hạ tầng máy chủ, không phải tới một nguồn.")


def _plain(address: Address) -> Address:
    return getattr(address, "ipv4_mapped", None) or address
