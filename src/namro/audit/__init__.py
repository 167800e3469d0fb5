"""Nhật ký: one line for every act of a person or of the machine; without foreign keys, it outlives what it tells of."""
