"""Pages of the queues: the office, its counters, the board, the kiosk, a ticket, an appointment, the simulator."""
