"""Only the steps change where a matter stands; anything else would leave no line in the log."""

import re

from tests.architecture.files import ours, short

WRITES_STATUS = re.compile(r"\.status\s*=[^=]|update\([^)]*\bstatus=")
STEPS = re.compile(r"^fengqiao/\w+/transitions(/\w+)?\.py$")


def writers() -> set[str]:
    return {short(path) for path in ours(".py", under=("fengqiao",)) if WRITES_STATUS.search(path.read_text())}


def test_only_transitions_change_a_status() -> None:
    assert {name for name in writers() if not STEPS.match(name)} == set()


def test_the_search_finds_the_writers_there_are() -> None:
    assert any(STEPS.match(name) for name in writers())


def test_nothing_is_stamped_or_signalled_behind_the_steps_backs() -> None:
    """Facts are given, not stamped; and what follows a step stands in the log, not in a receiver."""
    hidden = re.compile(r"auto_now|post_save|pre_save|@receiver|def save\(self")
    found = {short(path) for path in ours(".py", under=("fengqiao",)) if hidden.search(path.read_text())}
    assert found == {"fengqiao/web/shared/sessions.py"}  # how Django stores a session, which is no fact of ours
