"""The world of the index, for pages."""

from tests.quality.conftest import world

__all__ = ["world"]
