"""`namro doctor`: what is wrong with an installation, in plain words, and what to do about it."""

from namro.config.doctor.command import doctor

__all__ = ["doctor"]
