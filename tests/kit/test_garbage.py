"""What a web server holds from its start is left to no collection."""

import subprocess
import sys

from fengqiao.jobs.launch.where import CHECKOUT

ASK = "import gc, config.wsgi; print(gc.get_freeze_count() > 50_000, gc.get_threshold())"


def test_the_web_server_collects_seldom_and_spares_what_it_began_with() -> None:
    told = subprocess.run([sys.executable, "-c", ASK], cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert told.stdout.split(maxsplit=1) == ["True", "(20000, 50, 100)\n"]
