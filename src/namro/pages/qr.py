"""A QR code as an image inside the page."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_image(text: str) -> str:
    """Return the code of a text as the address of an image (SVG), which needs no second request."""
    drawn = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
