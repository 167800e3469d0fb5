"""Chất lượng phục vụ: the service-quality index (Decision 766/QĐ-TTg) of units and months, down to its dossiers."""
