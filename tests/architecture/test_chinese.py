"""One Chinese word for each thing, and one way to speak to people."""

from pathlib import Path

import pytest
from babel.messages import pofile
from django.conf import settings

# What the glossary and the pages call otherwise: 您, 督办员, 代为反映人, 卷宗 or 档案, 举报, 其他县, 身份证号码.
OTHERWISE = ("你", "督导员", "代诉", "案卷", "检举控告", "别的县", "公民身份号码")


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Give every Chinese sentence of the pages."""
    path = Path(settings.BASE_DIR) / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        words = [message.string for message in pofile.read_po(file) if message.id]
    return [each if isinstance(each, str) else "".join(each or ()) for each in words]


@pytest.mark.parametrize("other", OTHERWISE)
def test_a_thing_is_not_called_by_two_names(said: list[str], other: str) -> None:
    assert [sentence for sentence in said if other in sentence] == []
