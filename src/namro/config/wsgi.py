"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from namro.config.children import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namro.config.settings")
# A web worker whose main process was killed would keep the port: go with it.
die_with_parent()
application = get_wsgi_application()
