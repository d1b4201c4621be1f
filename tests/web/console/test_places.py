"""The county counted, beside what was printed about it; and the page of keys."""

from datetime import date

from django.urls import reverse

from fengqiao.places.centres import found_centres
from fengqiao.places.models import PrintedFigure, Region
from tests.cast import QING, QingCounty
from tests.web.console.conftest import SignIn


def test_both_numbers_stand_side_by_side_with_their_dates(qing: QingCounty, sign_in: SignIn) -> None:
    found_centres(QING)
    PrintedFigure.objects.create(
        county=QING, what=PrintedFigure.What.CENTRES, value=240, printed_on=date(2023, 12, 18), source="甘肃政法网"
    )

    page = sign_in(qing.ma_clerks).get(reverse("console:places"))

    assert page.status_code == 200
    figure = page.context["figures"][0]
    assert (figure.counted, figure.printed) == (4, 240)
    assert "甘肃政法网" in page.content.decode()


def test_the_villages_stand_under_their_township(qing: QingCounty, sign_in: SignIn) -> None:
    townships = sign_in(qing.ma_clerks).get(reverse("console:places")).context["townships"]

    assert [(one.region, one.villages) for one in townships] == [(qing.east, [qing.willow]), (qing.west, [])]


def test_who_drew_up_the_list_of_divisions_is_said_in_words(qing: QingCounty, sign_in: SignIn) -> None:
    Region.objects.filter(county=QING).update(edition="nbs-2023-06-30")

    page = sign_in(qing.ma_clerks).get(reverse("console:places")).content.decode()

    assert "国家统计局2023年6月30日区划名录" in page and "nbs" not in page


def test_they_are_only_read(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)

    assert client.post(reverse("console:places")).status_code == 405
    assert client.post(reverse("console:help")).status_code == 405
    assert "Ctrl" in client.get(reverse("console:help")).content.decode()
