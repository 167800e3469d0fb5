"""Hàng đợi một cửa: tickets, counters, appointments, how long one waits, and how many counters a ward needs."""
