"""Static files as the web server wants them: hashed names, compressed beforehand."""

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# 11, the default, takes ten seconds of a first start on two cores to save a twentieth of the bytes.
QUALITY = 9


class QuickCompressor(Compressor):
    """Brotli at a quality that a first start can afford."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Return the data compressed."""
        return brotli.compress(data, quality=QUALITY)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage with our compressor."""

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses one file."""
        return QuickCompressor(**options)
