"""Cảnh báo sớm: rules that see what goes wrong, one open alert for each thing, urging and climbing until it is answered."""
