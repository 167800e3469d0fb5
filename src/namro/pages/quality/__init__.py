"""Pages of the service index: the units of a month, a score down to its parts, what cost the points of a part."""
