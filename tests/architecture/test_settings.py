"""Every setting that a deployment may change is written down."""

import re

from fengqiao.jobs.launch.where import CHECKOUT
from tests.architecture.files import ours

NAME = re.compile(r"FENGQIAO_[A-Z]+(?:_[A-Z]+)*")
READS = re.compile(r"environ(\.get|\[|\.items)")


def test_the_page_of_settings_lists_what_the_code_reads_and_nothing_else() -> None:
    read = {
        name
        for path in ours(".py", "run", under=("config", "fengqiao", "run"))
        for name in NAME.findall(path.read_text())
    }
    listed = set(NAME.findall((CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert {name.removesuffix("_FILE") for name in read} == {name.removesuffix("_FILE") for name in listed}


def test_the_environment_is_read_in_one_place() -> None:
    """The launcher runs before there are settings, and the checks ask what was said; everything else reads settings."""
    allowed = ("config/env.py", "config/checks.py", "fengqiao/jobs/launch/")
    readers = [
        str(path.relative_to(CHECKOUT))
        for path in ours(".py", under=("config", "fengqiao"))
        if READS.search(path.read_text())
    ]
    assert [name for name in readers if not name.startswith(allowed)] == []
