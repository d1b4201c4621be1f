"""Whoever comes first waits no longer than others."""

import subprocess
import sys

from fengqiao.jobs.launch.where import CHECKOUT

ASK = """
import config.wsgi, sys
from django.urls import get_resolver
had = set(sys.modules)
get_resolver().resolve("/console/cases/")
print(sorted(set(sys.modules) - had), "config.urls" in had)
"""


def test_the_web_server_has_read_the_code_of_all_pages_before_it_is_asked() -> None:
    told = subprocess.run([sys.executable, "-c", ASK], cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert told.stdout == "[] True\n"
