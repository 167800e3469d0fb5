"""What is known of queues in closed form (A. K. Erlang 1917; Pollaczek and Khinchine): the simulator is held to it."""


def erlang_b(load: float, servers: int) -> float:
    """Return the share of arrivals lost with so many servers and no waiting room; `load` in erlang."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """Return the probability that somebody has to wait in M/M/c; 1 where the load is too much."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(load, servers)
    return blocked / (1 - (load / servers) * (1 - blocked))


def mean_wait(arrivals: float, service: float, servers: int) -> float:
    """Return the mean wait in M/M/c, in the unit of `service`; arrivals per unit of time; endless where it grows."""
    load = arrivals * service
    if load >= servers:
        return float("inf")
    return erlang_c(load, servers) * service / (servers - load)


def mean_wait_one_server(arrivals: float, service: float, spread: float) -> float:
    """Return the mean wait in M/G/1; `spread` is the standard deviation of a service."""
    load = arrivals * service
    if load >= 1:
        return float("inf")
    return arrivals * (service**2 + spread**2) / (2 * (1 - load))


def servers_needed(arrivals: float, service: float, longest_mean_wait: float) -> int:
    """Return the fewest servers with which the mean wait in M/M/c is no longer than that."""
    servers = int(arrivals * service) + 1
    while mean_wait(arrivals, service, servers) > longest_mean_wait:
        servers += 1
    return servers
