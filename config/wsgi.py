"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from fengqiao.kit.garbage import settle
from fengqiao.kit.threads import keep_by_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
keep_by_thread()
settle()
