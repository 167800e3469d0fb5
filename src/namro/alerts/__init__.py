"""Cảnh báo sớm: rules that see what goes wrong, one open alert for each thing, urging until somebody answers."""
