"""Proactive services: rules tried and launched by officers, offers answered and consents kept by citizens."""
