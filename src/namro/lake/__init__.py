"""Hồ số liệu: the only door to Apache Iceberg, where the rows of all sources lie; no models, no rules."""
