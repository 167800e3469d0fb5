"""What the web server calls."""

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from namro.config.children import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namro.config.settings")
# A worker whose main web process was killed would keep the port for itself: it goes with it.
if main_process := multiprocessing.parent_process():
    die_with_parent(main_process.pid or 0)
application = get_wsgi_application()
