"""The program's settings for tests: a place of their own, thrown away afterwards."""

import os
import tempfile

# Made once, by pytest's first process; its xdist workers inherit it and so share one database server.
os.environ.setdefault("NAMRO_TEST_PLACE", tempfile.mkdtemp(prefix="namro-test-"))
os.environ["NAMRO_DATA"] = os.environ["NAMRO_TEST_PLACE"]
os.environ["SECRET_KEY"] = "a key for tests only"
os.environ["NAMRO_DEMO"] = "1"
os.environ.pop("NAMRO_TODAY", None)
# A million and a half rows would come with every demo: those who look at the centre ask for the sources they need.
os.environ.setdefault("NAMRO_DEMO_CENTRE", "none")
# Playwright runs a loop of its own beside Django's live server.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from namro.config.settings import *  # noqa: F403

# The number of queries of a page must not hang on when in the minute a test runs: a process keeps its calendar.
NAMRO_CALENDAR_SECONDS = 10**9
# Hashing is slow on purpose; tests sign in often and prove nothing by waiting.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
