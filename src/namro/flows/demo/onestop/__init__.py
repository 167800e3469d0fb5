"""A made-up half-year of a one-stop desk: seeded, marked as synthetic, loaded by COPY."""
