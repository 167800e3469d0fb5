"""Who calls: the address that is counted, which a server in front may hand on if the place says that it is trusted."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> str:
    """Return the address of the caller; what X-Forwarded-For says counts only as far as trusted servers wrote it.

    Each server in front writes behind what it was told, so the list is read from its end: the first address that is
    no trusted server's is the caller's. Whatever stands before it, the caller may have made up.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    nearest = peer
    for address in _handed_on(request):
        if not _is_trusted(nearest):
            break
        nearest = address
    return nearest


def _handed_on(request: HttpRequest) -> Iterator[str]:
    """The addresses of X-Forwarded-For from the last, until one that is none."""
    for said in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        found = _read(said)
        if found is None:
            return
        yield str(found)


def _is_trusted(said: str) -> bool:
    address = _read(said)
    return address is not None and any(address in network for network in settings.NAMRO_TRUSTED_PROXIES)


def _read(said: str) -> Address | None:
    """An address, also with a port or in brackets; None for what is none. IPv4 inside IPv6 is IPv4."""
    bare = said.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
