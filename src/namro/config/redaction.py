"""What may not stand in a log: tokens that are part of an address."""

import logging
import re

TOKEN_IN_PATH = re.compile(r"(/lich/)[^/\s?]+")


class HideTokens(logging.Filter):
    """Cuts the token out of a line that names a calendar's address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without its token."""
        said = record.getMessage()
        hidden = TOKEN_IN_PATH.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
