"""Cảnh báo: the list one works through, one alert with its history, the rules with their trial on history."""
