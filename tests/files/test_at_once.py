"""Several hands at once, over real connections: no file is lost, doubled or mixed, and no limit is overrun."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction

from fengqiao.files import keeping
from fengqiao.files.models import Arrival, Attachment, Basket
from fengqiao.files.transitions import arriving
from fengqiao.files.transitions.arriving import Announced, OutOfStep
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.vocabulary import MOST_FILES, Parent
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.cast import MONDAY_9AM, QING

pytestmark = pytest.mark.django_db(transaction=True)
PIECE = 400


def bring(data: bytes, basket: UUID, start: Barrier, name: str = "a.jpg") -> Attachment | None:
    """Send a photo piece by piece, as one page does; another hand may have sent a piece first."""
    try:
        connection.ensure_connection()
        start.wait(timeout=60)
        arrival = arriving.begin(Announced(name, len(data)), basket, county=QING, by=None, at=MONDAY_9AM)
        return carry(arrival.pk, data)
    except Refused:
        return None
    finally:
        connections.close_all()


def carry(arrival: UUID, data: bytes) -> Attachment | None:
    offset = 0
    while offset < len(data):
        try:
            come = arriving.add(arrival, offset, data[offset : offset + PIECE], by=None, at=MONDAY_9AM)
        except OutOfStep as step:
            offset = step.offset
            continue
        except Arrival.DoesNotExist:
            return None
        if isinstance(come, Attachment):
            return come
        offset = come.received
    return None


def test_two_photos_to_one_form_arrive_both_and_whole() -> None:
    basket, start = uuid4(), Barrier(2)
    pictures = [photos.photo(300, 200, colour=colour) for colour in ("#aa3311", "#1133aa")]

    with ThreadPoolExecutor(2) as pool:
        files = [each.result(timeout=60) for each in [pool.submit(bring, data, basket, start) for data in pictures]]

    assert all(files) and Attachment.objects.waiting_in(basket).count() == 2
    assert len({file.digest for file in files if file}) == 2
    assert all(keeping.digest_of(keeping.path_of(file.pk)) == file.digest for file in files if file)


def test_one_photo_sent_by_two_hands_at_once_is_one_photo() -> None:
    data, start = photos.photo(300, 200), Barrier(2)
    arrival = arriving.begin(Announced("a.jpg", len(data)), uuid4(), county=QING, by=None, at=MONDAY_9AM)

    def hand() -> Attachment | None:
        try:
            start.wait(timeout=60)
            return carry(arrival.pk, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        files = [each.result(timeout=60) for each in [pool.submit(hand) for _ in range(2)]]

    assert sum(file is not None for file in files) == 1
    assert Attachment.objects.count() == 1 and not Arrival.objects.exists()


def test_the_limit_of_a_form_holds_against_many_hands() -> None:
    basket, hands = uuid4(), MOST_FILES + 3
    start = Barrier(hands)

    with ThreadPoolExecutor(hands) as pool:
        files = [
            each.result(timeout=60)
            for each in [pool.submit(bring, photos.photo(), basket, start, f"{hand}.jpg") for hand in range(hands)]
        ]

    assert sum(file is not None for file in files) == MOST_FILES
    assert Attachment.objects.waiting_in(basket).count() == MOST_FILES


def test_a_form_sent_while_a_photo_arrives_ends_without_a_deadlock() -> None:
    """The photo goes along or it does not; it never belongs to the report and waits at once, and nothing hangs."""
    data, start, thing = photos.photo(300, 200), Barrier(2), uuid4()
    arrival = arriving.begin(Announced("a.jpg", len(data)), uuid4(), county=QING, by=None, at=MONDAY_9AM)

    def page() -> Attachment | None:
        try:
            start.wait(timeout=60)
            return carry(arrival.pk, data)
        finally:
            connections.close_all()

    def send() -> None:
        try:
            start.wait(timeout=60)
            with transaction.atomic():
                attach(Enclosed(arrival.basket_id), Parent.REPORT, thing, county=QING, by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        arrived, sent = pool.submit(page), pool.submit(send)
        sent.result(timeout=60)
        file = arrived.result(timeout=60)

    assert not Basket.objects.exists() and not Arrival.objects.exists()
    assert Attachment.objects.count() == (file is not None)
