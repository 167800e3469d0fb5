"""Nguồn số liệu: collection forms, what was sent on them, what does not add up, and the runs of the feeds."""
