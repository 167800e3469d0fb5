"""Thông báo: what a person was told and by which channels, who stands in, the calendar; dead letters, webhooks."""
