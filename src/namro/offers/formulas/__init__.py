"""Computing who is reached: the days of the occasions, then the verdict on each entry."""
