"""A file waits with its form, goes with it, or goes away; nothing lies about that no row names."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, Basket
from fengqiao.files.transitions.keeping import Enclosed, attach, drop
from fengqiao.files.transitions.sweeping import sweep
from fengqiao.files.vocabulary import MOST_FILES, Parent
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.photos import waiting

pytestmark = pytest.mark.django_db
TWO_DAYS_LATER = MONDAY_9AM + timedelta(days=2)


def lies(file: Attachment) -> bool:
    return keeping.path_of(file.pk).exists() and keeping.small_of(file.pk).exists()


def grow_old(file: Attachment) -> None:
    for path in (keeping.path_of(file.pk), keeping.small_of(file.pk)):
        os.utime(path, (MONDAY_9AM.timestamp(), MONDAY_9AM.timestamp()))


def test_a_file_lies_under_its_rows_id_with_the_digest_the_row_says() -> None:
    file = waiting(name="../../x.jpg")

    assert lies(file)
    assert keeping.digest_of(keeping.path_of(file.pk)) == file.digest
    assert keeping.path_of(file.pk).stat().st_size == file.size


def test_the_same_file_sent_again_with_its_form_is_one_file() -> None:
    first = waiting()
    again = waiting(basket=first.basket_id)

    assert again.pk == first.pk and lies(first)
    assert Attachment.objects.count() == 1
    assert len(list(keeping.lying(TWO_DAYS_LATER + timedelta(days=10_000)))) == 2  # it and its small one


def test_it_goes_with_its_form_and_its_basket_goes() -> None:
    file = waiting()
    thing = uuid4()

    attach(Enclosed(file.basket_id), Parent.REPORT, thing, county=QING, by=None)  # type: ignore[arg-type]

    file.refresh_from_db()
    assert (file.kind, file.thing, file.basket) == ("report", thing, None)
    assert not Basket.objects.exists()


def test_nobody_elses_basket_can_be_filled_emptied_or_sent(qing: QingCounty) -> None:
    file = waiting()
    basket = file.basket_id
    assert basket is not None

    with pytest.raises(Refused):
        waiting(basket=basket, by=qing.liu_handles_water)
    drop(basket, file.pk, by=qing.liu_handles_water)
    sent = attach(Enclosed(basket), Parent.REPORT, uuid4(), county=QING, by=qing.liu_handles_water)

    assert list(sent) == [] and lies(file)
    assert Attachment.objects.get().basket_id == basket


def test_one_more_than_there_may_be_is_refused() -> None:
    basket = uuid4()
    for number in range(MOST_FILES):
        waiting(basket=basket, name=f"{number}.jpg")

    with pytest.raises(Refused):
        waiting(basket=basket, name="one-more.jpg")
    assert Attachment.objects.count() == MOST_FILES
    assert len(list(keeping.lying(TWO_DAYS_LATER + timedelta(days=10_000)))) == 2 * MOST_FILES


def test_what_was_taken_out_is_gone(django_capture_on_commit_callbacks: object) -> None:
    file = waiting()
    assert file.basket_id is not None

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        drop(file.basket_id, file.pk, by=None)

    assert not Attachment.objects.exists() and not lies(file)


def test_what_belongs_somewhere_cannot_be_taken_out() -> None:
    file = photos.on_report(uuid4())

    drop(uuid4(), file.pk, by=None)

    assert Attachment.objects.exists() and lies(file)


def test_the_sweep_takes_what_waits_too_long_and_leaves_what_belongs() -> None:
    waits, belongs = waiting(), photos.on_report(uuid4())
    grow_old(belongs)

    assert sweep(MONDAY_9AM + timedelta(hours=23)) == 0
    assert sweep(TWO_DAYS_LATER) == 1

    assert list(Attachment.objects.all()) == [belongs]
    assert lies(belongs) and not lies(waits)


def test_the_sweep_takes_files_that_no_row_names_but_not_fresh_ones() -> None:
    old, fresh = waiting(), waiting()
    grow_old(old)
    Attachment.objects.all().delete()
    half = keeping.path_of(uuid4()).with_suffix(keeping.HALF)
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half a photo")
    os.utime(half, (MONDAY_9AM.timestamp(), MONDAY_9AM.timestamp()))

    assert sweep(TWO_DAYS_LATER) == 3

    assert not lies(old) and not half.exists() and lies(fresh)


def test_the_database_knows_only_waiting_and_belonging() -> None:
    file = waiting()

    for change in ({"kind": "report"}, {"basket": None}, {"thing": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=file.pk).update(**change)
