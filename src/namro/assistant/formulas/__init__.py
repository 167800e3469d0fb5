"""How passages are found: arrays in, arrays out."""
