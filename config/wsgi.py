"""The door for the web server."""

import os

import django
from django.urls import reverse

from fengqiao.kit.garbage import settle
from fengqiao.kit.outright import keep_answers_outright, read_settings_outright
from fengqiao.kit.threads import keep_by_thread
from fengqiao.web.shared.letting_go import Handler
from fengqiao.web.shared.tokens import draw_at_one_go

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup(set_prefix=False)
application = Handler()
keep_by_thread()
read_settings_outright()
keep_answers_outright()
draw_at_one_go()
reverse("resident:home")  # reads the code of all pages: else whoever comes first waits a second for it
settle()
