"""There is no room for a file: it is said in words, nothing is left half done, and later it works again."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengqiao.files.models import Arrival, Attachment
from fengqiao.files.transitions import arriving
from fengqiao.files.transitions.arriving import Announced
from fengqiao.files.transitions.keeping import Given, keep
from fengqiao.kit.verdict import Refused
from tests import acts
from tests.cast import MONDAY_9AM, QING, QingCounty

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n" + b"x" * 200_000
ROOM = 100_000


@contextmanager
def little_room() -> Iterator[None]:
    """Let the system refuse every file that grows beyond a limit, as one under a quota that is used up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def lying() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def given() -> Given:
    return Given(SimpleUploadedFile("证明.pdf", PAPER).file, "证明.pdf")  # type: ignore[arg-type]


def test_a_file_without_room_is_refused_in_words_and_leaves_nothing() -> None:
    basket = uuid4()
    with little_room(), pytest.raises(Refused, match="暂时无法存放附件|no room"):
        keep(given(), basket, county=QING, by=None, at=MONDAY_9AM)
    assert lying() == [] and not Attachment.objects.exists()

    keep(given(), basket, county=QING, by=None, at=MONDAY_9AM)
    assert len(lying()) == 1 and Attachment.objects.count() == 1


def test_a_piece_without_room_leaves_the_file_where_it_stood_and_goes_on_later() -> None:
    arrival = arriving.begin(Announced("证明.pdf", len(PAPER)), uuid4(), county=QING, by=None, at=MONDAY_9AM)
    arriving.add(arrival.pk, 0, PAPER[:90_000], by=None, at=MONDAY_9AM)

    with little_room(), pytest.raises(Refused):
        arriving.add(arrival.pk, 90_000, PAPER[90_000:], by=None, at=MONDAY_9AM)
    assert Arrival.objects.get().received == 90_000  # noqa: PLR2004

    whole = arriving.add(arrival.pk, 90_000, PAPER[90_000:], by=None, at=MONDAY_9AM)
    assert isinstance(whole, Attachment) and whole.size == len(PAPER)


def test_the_form_is_shown_again_with_the_sentence(qing: QingCounty, client: Client) -> None:
    form = {"text": acts.LEAK, "nature": "help", "screen": "what"}
    with little_room():
        page = client.post("/report/", {**form, "files": SimpleUploadedFile("证明.pdf", PAPER)})

    assert page.status_code == 422  # noqa: PLR2004
    assert "目前暂时无法存放附件" in page.content.decode() and acts.LEAK in page.content.decode()
    assert not Attachment.objects.exists()
