"""The synthetic sources of the operations centre: one seeded engine, a recipe file each, faults from a list."""
