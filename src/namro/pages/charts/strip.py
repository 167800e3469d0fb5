"""Where a value lies among those of its peers: a line from end to end, a box for the middle half, a mark of its own."""

from django.utils.html import escape

from namro.indicators.terms import Stand

WIDTH, HEIGHT, PAD = 160, 20, 8


def strip(stand: Stand, alt: str) -> str:
    """Return the drawing as SVG without style; a spread without width has everything in the middle."""
    spread = stand.spread
    span = spread.high - spread.low

    def across(value: float) -> float:
        return round(PAD + (WIDTH - 2 * PAD) * ((value - spread.low) / span if span else 0.5), 1)

    first, third, middle, own = (
        across(each) for each in (spread.first, spread.third, spread.median, stand.value)
    )
    half = HEIGHT / 2
    tone = " strip-weak" if stand.is_weak else ""
    return (
        f'<svg class="strip" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(alt)}">'
        f'<line class="strip-line" x1="{PAD}" x2="{WIDTH - PAD}" y1="{half}" y2="{half}"/>'
        f'<rect class="strip-box" x="{first}" y="{half - 5}" width="{max(1.0, third - first):.1f}" height="10"/>'
        f'<line class="strip-middle" x1="{middle}" x2="{middle}" y1="{half - 6}" y2="{half + 6}"/>'
        f'<circle class="strip-own{tone}" cx="{own}" cy="{half}" r="5"/></svg>'
    )
