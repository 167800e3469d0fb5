"""Icons and state marks as SVG paths: drawn for this project, sparse on purpose."""

from types import MappingProxyType
from typing import Final

# 20 × 20, strokes only.
ICONS: Final = MappingProxyType(
    {
        "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>',
        "down": '<path d="m5 8 5 5 5-5"/>',
        "person": '<circle cx="10" cy="6.8" r="3.3"/><path d="M3.6 17c.6-3.6 3-5.4 6.4-5.4s5.8 1.800 6.4 5.4"/>',
        "theme": '<circle cx="10" cy="10" r="6.5"/><path d="M10 3.500v13M12.500 4.500v11M15 6v8"/>',
        "more": '<path d="M4 6h12M4 10h12M4 14h12"/>',
        "home": '<path d="M3 9.5 10 3.5l7 6V17h-4.5v-4.5h-5V17H3z"/>',
        "desk": '<path d="M3 11.5 5.5 4h9l2.5 7.5V16H3zM3 11.5h4.2c.4 1.6 1.4 2.3 2.8 2.3s2.4-.7 2.8-2.3H17"/>',
        "tasks": '<path d="m3 5 1.3 1.3L6.7 4M3 10.5l1.3 1.3 2.4-2.3M3 16l1.3 1.3 2.4-2.3M10 5.5h7M10 11h7M10 16.5h7"/>',  # noqa: E501
        "league": '<path d="M3.5 17v-6h4v6M8 17V5h4v12M12.5 17V9h4v8M2.5 17h15"/>',
        "indicators": '<path d="M3 3v14h14M6 13l3.5-4 2.5 2.3L17 5.5"/>',
        "sources": '<path d="M4 5a6 2 0 0 1 12 0a6 2 0 0 1-12 0v10c0 2.7 12 2.7 12 0V5M4 10c0 2.7 12 2.7 12 0"/>',
        "forms": '<path d="M4 3h9l3 3v11H4zM7 8h6M7 11h6M7 14h4"/>',
        "dossiers": '<path d="M3 6h5l1.500 2H17v8.500H3zM6 11.500h8"/>',
        "reports": '<path d="M5 3h7l3.5 3.5V17H5zM12 3v3.5h3.5M8 13.5V11M10.3 13.5V9M12.5 13.5V12"/>',
        "units": '<path d="M3 17V8l5-3v12M8 17h9v-7L8 7.5M11 12h1M14 12.5h1M11 15h1M14 15h1"/>',
        "alerts": '<path d="M10 3 2.8 16.2h14.4zM10 8v4M10 14.2v.1"/>',
        "bell": '<path d="M10 3a4.6 4.6 0 0 0-4.6 4.6c0 4.400-1.900 5.600-1.900 5.600h13s-1.900-1.200-1.900-5.600A4.6 4.6 0 0 0 10 3zM8.300 16a1.800 1.800 0 0 0 3.400 0"/>',  # noqa: E501
        "download": '<path d="M10 3v9M6.5 9 10 12.5 13.5 9M4 16.5h12"/>',
        "print": '<path d="M6 8V3h8v5M6 14H3.5V8h13v6H14M6 12h8v5H6z"/>',
        "map": '<path d="m3 5 4.7-2 4.6 2L17 3v12l-4.7 2-4.6-2L3 17zM7.7 3v12M12.3 5v12"/>',
        "add": '<path d="M10 4v12M4 10h12"/>',
        "check": '<path d="m4 10.5 4 4 8-9"/>',
        "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9.5v4M10 6.6v.1"/>',
        "refused": '<circle cx="10" cy="10" r="7.2"/><path d="M10 6.2v4.6M10 13.5v.1"/>',
        "finding": '<path d="M4.5 7h11M4.5 12.5h11M13.5 3.5l-7 13"/>',
    }
)

# 16 × 16. "full" is filled, "cut" has the colour of the ground, "ink" is a line in the colour of the words.
STATE_MARKS: Final = MappingProxyType(
    {
        "done": '<circle class="full" cx="8" cy="8" r="7"/><path class="cut" d="m4.8 8.3 2.3 2.3 4.2-4.8"/>',
        "done_late": '<circle cx="8" cy="8" r="6.2" class="half"/><path class="ink" d="m4.8 8.3 2.3 2.3 4.2-4.8"/>',
        "in_progress": '<circle cx="8" cy="8" r="6.2"/><path class="full" d="M8 3.8a4.2 4.2 0 0 1 0 8.4z"/>',
        "in_progress_late": '<circle class="full" cx="8" cy="8" r="7"/><path class="cut" d="M8 4.2v4.6M8 11.5v.2"/>',
        "not_started": '<circle cx="8" cy="8" r="6.2"/>',
        "not_started_late": '<circle cx="8" cy="8" r="6.2"/><path class="ink" d="M8 4.6v4M8 11.2v.2"/>',
        "withdrawn": '<circle cx="8" cy="8" r="6.2"/><path class="ink" d="m4 12 8-8"/>',
        "draft": '<circle cx="8" cy="8" r="6.2" stroke-dasharray="2.4 2"/>',
        "missing": '<circle cx="8" cy="8" r="6.2"/>',
        "risk": '<path class="full" d="M8 1.5 15.2 14.5H.8z"/><path class="cut" d="M8 6.2v3.6M8 12v.2"/>',
        "finding": '<path class="full" d="M8 .8 15.2 8 8 15.2.8 8z"/><path class="cut" d="M5 6.7h6M5 9.5h6"/>',
        "wait": '<circle cx="8" cy="8" r="6.2"/><path class="ink" d="M8 4.5V8l2.5 1.6"/>',
    }
)
