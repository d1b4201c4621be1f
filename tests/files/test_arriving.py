"""A large file in pieces: whatever breaks off goes on from where it stood, and two hands never spoil it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from fengqiao.files import keeping
from fengqiao.files.models import Arrival, Attachment, Basket
from fengqiao.files.transitions import arriving
from fengqiao.files.transitions.arriving import MOST_ARRIVING, PIECE_LIMIT, Announced, OutOfStep
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.transitions.sweeping import sweep
from fengqiao.files.vocabulary import MOST_FILES, PAPER_LIMIT, Parent
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.cast import MONDAY_9AM, QING, QingCounty

pytestmark = pytest.mark.django_db
PHOTO = photos.photo(400, 300)


def begin(size: int = len(PHOTO), *, basket: UUID | None = None) -> Arrival:
    coming = Announced("现场.jpg", size)
    return arriving.begin(coming, basket or uuid4(), county=QING, by=None, at=MONDAY_9AM)


def add(arrival: Arrival, offset: int, piece: bytes) -> Arrival | Attachment:
    return arriving.add(arrival.pk, offset, piece, by=None, at=MONDAY_9AM)


def test_the_last_piece_makes_it_a_file(db: None) -> None:
    arrival = begin()

    half = add(arrival, 0, PHOTO[:500])
    file = add(arrival, 500, PHOTO[500:])

    assert isinstance(half, Arrival) and half.received == 500
    assert isinstance(file, Attachment) and file.basket_id == arrival.basket_id
    assert file.name == "现场.jpg" and keeping.path_of(file.pk).exists()
    assert not Arrival.objects.exists() and not arriving.path_of(arrival.pk).exists()


@pytest.mark.parametrize(
    ("offset", "piece"),
    [(0, b"x"), (499, b"x"), (501, b"x"), (-1, b"x"), (500, b""), (500, PHOTO), (500, b"x" * (PIECE_LIMIT + 1))],
)
def test_a_piece_out_of_step_changes_nothing_and_is_told_where_the_file_stands(offset: int, piece: bytes) -> None:
    arrival = begin()
    add(arrival, 0, PHOTO[:500])

    with pytest.raises(OutOfStep) as told:
        add(arrival, offset, piece)

    assert told.value.offset == 500
    assert isinstance(add(arrival, 500, PHOTO[500:]), Attachment)


def test_what_was_written_by_a_step_that_died_is_written_over() -> None:
    arrival = begin()
    add(arrival, 0, PHOTO[:500])
    with arriving.path_of(arrival.pk).open("ab") as file:
        file.write(b"the piece of a server that was killed before it could say so" * 50)

    file_ = add(arrival, 500, PHOTO[500:])

    assert isinstance(file_, Attachment)


def test_a_whole_file_whose_server_died_before_taking_it_in_is_taken_in_when_asked_for() -> None:
    arrival = begin()
    arriving._write(arrival.pk, 0, PHOTO)
    Arrival.objects.update(received=len(PHOTO))
    arrival.refresh_from_db()

    assert isinstance(arriving.finish(arrival, by=None, at=MONDAY_9AM), Attachment)


@pytest.mark.parametrize("content", [photos.HTML, photos.SVG, photos.photo()[:300]])
def test_what_is_refused_when_whole_is_gone(content: bytes) -> None:
    arrival = begin(len(content))

    with pytest.raises(Refused):
        add(arrival, 0, content)

    assert not Arrival.objects.exists() and not Attachment.objects.exists()
    assert not arriving.path_of(arrival.pk).exists()


@pytest.mark.parametrize("size", [0, -1, PAPER_LIMIT + 1])
def test_a_size_that_cannot_be_is_refused_at_once(size: int) -> None:
    with pytest.raises(Refused):
        begin(size)
    assert not Basket.objects.exists()


def test_a_basket_takes_only_so_many() -> None:
    basket = uuid4()
    for _n in range(MOST_ARRIVING):
        last = begin(basket=basket)
    with pytest.raises(Refused):
        begin(basket=basket)
    arriving.give_up(last.pk, by=None)
    begin(basket=basket)

    for _n in range(MOST_FILES):
        photos.waiting(basket=basket)
    with pytest.raises(Refused):
        begin(basket=basket)


def test_nobody_adds_to_anothers_file(qing: QingCounty) -> None:
    arrival = begin()

    for stranger in (qing.ma_clerks, qing.liu_handles_water):
        with pytest.raises(Arrival.DoesNotExist):
            arriving.add(arrival.pk, 0, PHOTO[:10], by=stranger, at=MONDAY_9AM)
        arriving.give_up(arrival.pk, by=stranger)
    assert Arrival.objects.get().received == 0


def test_when_the_form_was_sent_nothing_more_arrives_for_it() -> None:
    arrival = begin()
    add(arrival, 0, PHOTO[:500])

    attach(Enclosed(arrival.basket_id), Parent.REPORT, uuid4(), county=QING, by=None)

    with pytest.raises(Arrival.DoesNotExist):
        add(arrival, 500, PHOTO[500:])


def test_what_broke_off_is_swept_after_a_day() -> None:
    arrival = begin()
    add(arrival, 0, PHOTO[:500])

    assert sweep(MONDAY_9AM + timedelta(hours=20)) == 0
    assert sweep(MONDAY_9AM + timedelta(hours=25)) == 1

    assert not Basket.objects.exists() and not arriving.path_of(arrival.pk).exists()
