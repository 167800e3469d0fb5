"""Nhật ký: one line for every act of a person or of the machine; no foreign keys, so that it outlives what it speaks of."""
