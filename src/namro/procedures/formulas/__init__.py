"""Reading what a record says: limits, fees, doubts, and how two versions differ."""
