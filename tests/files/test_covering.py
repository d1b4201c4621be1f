"""Covered for good: nothing of what lies under a box is in the copy, and the original is untouched."""

import io
import random

import pytest
from django.db import IntegrityError, transaction
from PIL import Image, ImageStat

from fengqiao.files import keeping
from fengqiao.files.models import CoveredCopy
from fengqiao.files.pictures import Box
from fengqiao.files.transitions import covering
from fengqiao.files.transitions.sweeping import sweep
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.cast import MONDAY_9AM, QingCounty
from tests.files.test_keeping import TWO_DAYS_LATER

pytestmark = pytest.mark.django_db


def noise(mode: str = "RGB", side: int = 200) -> bytes:
    out = io.BytesIO()
    Image.frombytes(mode, (side, side), random.Random(3).randbytes(side * side * len(mode))).save(out, "PNG")
    return out.getvalue()


def kept(copy: CoveredCopy) -> Image.Image:
    return Image.open(io.BytesIO(keeping.path_of(copy.pk).read_bytes()))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_under_a_box_there_is_one_plain_colour_and_nothing_else_in_the_file(qing: QingCounty, mode: str) -> None:
    file = photos.waiting(noise(mode))
    before = keeping.path_of(file.pk).read_bytes()

    copy = covering.cover(file, [Box(0.25, 0.25, 0.5, 0.5)], by=qing.ma_clerks, at=MONDAY_9AM)

    image = kept(copy)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (200, 200))
    assert max(ImageStat.Stat(image.crop((60, 60, 140, 140))).stddev) < 3
    assert max(ImageStat.Stat(image.crop((0, 0, 40, 40))).stddev) > 20
    small = Image.open(io.BytesIO(keeping.small_of(copy.pk).read_bytes()))
    assert max(ImageStat.Stat(small.crop((60, 60, 140, 140))).stddev) < 3
    assert keeping.path_of(file.pk).read_bytes() == before
    assert keeping.digest_of(keeping.path_of(copy.pk)) == copy.digest


@pytest.mark.parametrize(
    "box", [Box(0.99, 0.99, 1, 1), Box(0, 0, 0.0001, 0.0001), Box(0, 0, 1, 1), Box(1, 1, 0.5, 0.5)]
)
def test_a_box_at_the_edge_or_as_small_as_a_point_is_covered_too(qing: QingCounty, box: Box) -> None:
    copy = covering.cover(photos.waiting(), [box], by=qing.ma_clerks, at=MONDAY_9AM)

    assert kept(copy).size == (64, 48)


@pytest.mark.parametrize("count", [0, covering.MOST_BOXES + 1])
def test_without_boxes_or_with_too_many_there_is_no_copy(qing: QingCounty, count: int) -> None:
    with pytest.raises(Refused):
        covering.cover(photos.waiting(), [Box(0, 0, 1, 1)] * count, by=qing.ma_clerks, at=MONDAY_9AM)
    assert not CoveredCopy.objects.exists()


def test_a_paper_is_not_covered(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        covering.cover(photos.waiting(photos.PDF), [Box(0, 0, 1, 1)], by=qing.ma_clerks, at=MONDAY_9AM)


def test_a_draft_gives_way_and_what_was_shown_stays_on_record(qing: QingCounty) -> None:
    file, by, box = photos.waiting(), qing.ma_clerks, [Box(0, 0, 0.5, 0.5)]
    covering.cover(file, box, by=by, at=MONDAY_9AM)
    first = covering.cover(file, box, by=by, at=MONDAY_9AM)
    assert list(file.copies.all()) == [first]
    assert not file.copies.shown().exists()

    covering.show(file, by=qing.zhou_clerks, at=MONDAY_9AM)
    second = covering.cover(file, box, by=by, at=MONDAY_9AM)
    assert list(file.copies.shown()) == [first]
    covering.show(file, by=by, at=MONDAY_9AM)

    assert list(file.copies.shown()) == [second]
    first.refresh_from_db()
    assert (first.approved_by, first.hidden_by) == (qing.zhou_clerks, by)
    covering.hide(file, by=by, at=MONDAY_9AM)
    assert file.copies.count() == 2 and not file.copies.shown().exists()
    for act in (covering.hide, covering.show):
        with pytest.raises(Refused):
            act(file, by=by, at=MONDAY_9AM)


def test_the_database_shows_one_copy_and_knows_who_approved(qing: QingCounty) -> None:
    file = photos.waiting()
    copy = covering.cover(file, [Box(0, 0, 1, 1)], by=qing.ma_clerks, at=MONDAY_9AM)

    for change in ({"approved_at": MONDAY_9AM}, {"hidden_at": MONDAY_9AM, "hidden_by": qing.ma_clerks}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoveredCopy.objects.filter(pk=copy.pk).update(**change)


def test_the_sweep_leaves_a_copys_file(qing: QingCounty) -> None:
    file = photos.on_report(qing.county.region_id)
    copy = covering.cover(file, [Box(0, 0, 1, 1)], by=qing.ma_clerks, at=MONDAY_9AM)

    sweep(TWO_DAYS_LATER.replace(year=2999))

    assert keeping.path_of(copy.pk).exists() and keeping.path_of(file.pk).exists()
