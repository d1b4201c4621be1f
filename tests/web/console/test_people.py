"""The security administrator's pages: people, accounts, posts."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.people.models import FailedSignIn, Role, StaffLog, User
from fengqiao.people.transitions import accounts
from tests.cast import PASSWORD, QING, QingCounty, hold
from tests.mediation import table as tables
from tests.web.console.conftest import SignIn


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The security administrator's browser."""
    return sign_in(qing.feng_secures)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def names(client: Client, **query: str) -> set[str]:
    page = client.get(at("people"), query)
    assert page.status_code == 200
    return {one.username for one in page.context["page"].rows}


def test_people_are_found_by_name_unit_role_and_state(qing: QingCounty, desk: Client, today: datetime) -> None:
    qing.zhou_clerks.posts.update(ends_on=localdate(today))
    accounts.deactivate(qing.gao_leads, by=qing.feng_secures, at=today)

    assert names(desk) >= {"ma_clerks", "zhou_clerks", "deng_is_a_stranger"} and "gao_leads" not in names(desk)
    assert names(desk, q="马晓") == {"ma_clerks"}
    assert names(desk, unit=str(qing.water.pk)) == {"liu_handles_water"}
    assert names(desk, role="clerk") == {"ma_clerks"}
    assert names(desk, role="clerk", state="ended") == {"zhou_clerks"}
    assert names(desk, state="without") == {"zhou_clerks", "deng_is_a_stranger"}
    assert names(desk, state="closed") == {"gao_leads"}
    assert names(desk, state="nonsense", unit="x") == names(desk)


def test_a_new_colleague_signs_in_chooses_a_password_and_only_then_works(qing: QingCounty, desk: Client) -> None:
    page = desk.post(at("new_person"), {"name": "新来", "username": "xin.lai"})
    told = page.context["password"]
    assert told in page.content.decode() and "no-store" in page["Cache-Control"]
    desk.post(at("new_post", "xin.lai"), post_of(qing))

    client = Client()
    client.post(reverse("account_login"), {"login": "xin.lai", "password": told})
    kept_back = client.get(at("cases"))
    assert kept_back.headers["Location"] == reverse("account_change_password")
    assert told not in desk.get(at("person", "xin.lai")).content.decode()

    change = reverse("account_change_password")
    same = client.post(change, {"oldpassword": told, "password1": told, "password2": told})
    assert same.status_code == 200 and same.context["form"].errors
    weak = client.post(change, {"oldpassword": told, "password1": "12345", "password2": "12345"})
    assert weak.status_code == 200 and weak.context["form"].errors["password1"][0] == "密码太短，至少要 10 个字符。"
    done = client.post(change, {"oldpassword": told, "password1": PASSWORD, "password2": PASSWORD})
    assert done.headers["Location"] == at("home")
    assert client.get(at("cases")).status_code == 200


def post_of(qing: QingCounty, **changes: object) -> dict[str, object]:
    return {
        "role": "clerk", "unit": qing.centre.pk, "region": qing.root.pk, "starts_on": localdate().isoformat(),
    } | changes  # fmt: skip


def test_the_area_of_a_post_begins_with_the_seat_of_its_unit(qing: QingCounty, desk: Client) -> None:
    def begun(**asked: str) -> tuple[str, str]:
        form = desk.get(at("new_post", "deng_is_a_stranger"), asked).context["form"]
        return str(form["unit"].value() or ""), str(form["region"].value() or "")

    unit, east, root = str(qing.east_office.pk), str(qing.east.pk), str(qing.root.pk)

    assert begun() == ("", "")
    assert begun(unit=unit) == begun(unit=unit, region=root, offered=root) == (unit, east)
    assert begun(unit=unit, region=root) == (unit, root)  # chosen by hand
    assert begun(unit="nonsense") == begun(unit="") == ("", "")


def test_an_area_left_blank_comes_back_as_the_seat_of_the_unit(qing: QingCounty, desk: Client) -> None:
    said = post_of(qing, unit=qing.east_office.pk, region="")
    page = desk.post(at("new_post", "deng_is_a_stranger"), said)
    form = page.context["form"]
    asked = page.content.decode()

    assert page.status_code == 422 and not qing.deng_is_a_stranger.posts.exists()
    assert "东镇人民政府所在的东镇" in form.errors["region"][0]
    assert f'<option value="{qing.east.pk}" selected>' in asked and f'name="offered" value="{qing.east.pk}"' in asked
    kept = {name: form[name].value() for name in form.fields}
    assert kept == {name: str(said.get(name, "")) for name in form.fields} | {"region": str(qing.east.pk)}
    assert desk.post(at("new_post", "deng_is_a_stranger"), kept).status_code == 302

    neither = desk.post(at("new_post", "deng_is_a_stranger"), post_of(qing, unit="", region=""))
    assert neither.context["form"].errors["region"] == ["请选择村（社区），不确定时选乡镇。"]


def test_a_bad_user_name_is_kept_and_explained(qing: QingCounty, desk: Client) -> None:
    for wrong in ("新来", "ma_clerks", ""):
        page = desk.post(at("new_person"), {"name": "新来", "username": wrong})
        assert page.status_code == 422
        assert 'value="新来"' in page.content.decode()
        assert page.context["form"]["username"].errors


def test_a_post_is_given_and_ended_on_its_page(qing: QingCounty, desk: Client) -> None:
    given = desk.post(at("new_post", "deng_is_a_stranger"), post_of(qing, role="dispatcher"))
    assert given.headers["Location"] == at("person", "deng_is_a_stranger")
    post = qing.deng_is_a_stranger.posts.get()

    nonsense = desk.post(at("end_post", "deng_is_a_stranger", post.pk), {"on": "later"})
    past = desk.post(at("end_post", "deng_is_a_stranger", post.pk), {"on": "2020-01-01"})
    ended = desk.post(at("end_post", "deng_is_a_stranger", post.pk), {"on": localdate().isoformat()})

    assert [nonsense.status_code, past.status_code, ended.status_code] == [422, 422, 302]
    assert [line.act for line in desk.get(at("person", "deng_is_a_stranger")).context["lines"]] == [
        "ended_post", "gave_post",
    ]  # fmt: skip


def test_a_refused_post_keeps_what_was_chosen(qing: QingCounty, desk: Client) -> None:
    page = desk.post(at("new_post", "ma_clerks"), post_of(qing, role="audit_admin"))

    assert page.status_code == 422
    assert "马晓兰" in page.content.decode() and '<option value="audit_admin" selected>' in page.content.decode()


def test_one_post_is_not_ended_through_another_person(qing: QingCounty, desk: Client) -> None:
    post = qing.ma_clerks.posts.get()

    assert desk.post(at("end_post", "zhou_clerks", post.pk), {"on": localdate().isoformat()}).status_code == 404


def test_accounts_are_closed_opened_and_given_a_password(qing: QingCounty, desk: Client, sign_in: SignIn) -> None:
    ma = sign_in(qing.ma_clerks)
    desk.post(at("change_account", "ma_clerks", "close"))
    assert ma.get(at("home")).status_code == 302
    assert desk.post(at("change_account", "ma_clerks", "close")).status_code == 422
    desk.post(at("change_account", "ma_clerks", "open"))

    told = desk.post(at("change_account", "ma_clerks", "password")).context["password"]

    assert User.objects.get(username="ma_clerks").check_password(told)
    assert desk.post(at("change_account", "ma_clerks", "promote")).status_code == 404


def test_ones_own_page_offers_no_act(qing: QingCounty, desk: Client) -> None:
    page = desk.get(at("person", "feng_secures")).content.decode()

    assert "end-post" not in page and "card-acts" not in page and 'class="refusal"' in page
    assert desk.post(at("change_account", "feng_secures", "password")).status_code == 422


def test_people_of_another_county_do_not_exist(qing: QingCounty, desk: Client) -> None:
    User.objects.filter(pk=qing.ma_clerks.pk).update(county="629902")

    assert "ma_clerks" not in names(desk)
    assert desk.get(at("person", "ma_clerks")).status_code == 404
    for act in ("person", "new_post"):
        assert desk.get(at(act, "ma\0clerks")).status_code == 404


def test_sign_ins_leave_a_line_and_no_password(qing: QingCounty) -> None:
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    for name, password in (("ma_clerks", "wrong-one"), ("nobody", PASSWORD), ("ma_clerks", PASSWORD)):
        Client().post(reverse("account_login"), {"login": name, "password": password})

    told = [(line.act, line.by, line.about) for line in StaffLog.objects.all()]
    assert told == [("signed_in", qing.ma_clerks, None)]
    failed = FailedSignIn.objects.order_by("name")
    assert [(line.name, line.about, line.count) for line in failed] == [
        ("ma_clerks", qing.ma_clerks, 1),
        ("nobody", None, 1),
    ]
    assert "wrong-one" not in str(list(StaffLog.objects.values())) + str(list(failed.values()))


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_mediators_post_ends_with_the_seat_unless_it_is_to_stay(
    qing: QingCounty, desk: Client, is_ticked: bool
) -> None:
    he = tables.build(qing).he_mediates_willow
    post = he.posts.get(role="mediator")
    page = desk.get(at("person", he.username)).content.decode()
    assert "同时终止其在柳树村人民调解委员会的职务" in page

    said = {"on": localdate().isoformat()} | ({"with_seat": "on"} if is_ticked else {})
    page = desk.post(at("end_post", he.username, post.pk), said, follow=True).content.decode()

    assert he.mediator.memberships.filter(ends_on=None).exists() != is_ticked
    assert ("仍在柳树村人民调解委员会任职" in page) != is_ticked


def test_the_page_of_a_person_asks_the_same_for_few_posts_and_for_many(qing: QingCounty, desk: Client) -> None:
    table = tables.build(qing)
    he = table.mediator(table.he_mediates_willow)
    page = at("person", "he_mediates_willow")
    desk.get(page)  # what is remembered from now on is asked first
    with CaptureQueriesContext(connection) as few:
        assert [bool(seat) for _post, seat in desk.get(page).context["posts"]] == [True]
    for unit in (table.township, table.county):
        hold(table.he_mediates_willow, Role.MEDIATOR, unit.region, unit)
        he.memberships.create(county=QING, committee=unit.committee, seat="member", starts_on=localdate())
    hold(table.he_mediates_willow, Role.CLERK, qing.willow, table.village)

    with CaptureQueriesContext(connection) as many:
        posts = desk.get(page).context["posts"]

    assert sorted((post.role, bool(seat)) for post, seat in posts) == [("clerk", False), *3 * [("mediator", True)]]
    assert len(many) == len(few)


def test_closing_an_account_tells_where_the_register_still_has_its_owner(qing: QingCounty, desk: Client) -> None:
    he = tables.build(qing).he_mediates_willow

    page = desk.post(at("change_account", he.username, "close"), follow=True).content.decode()

    assert "仍在柳树村人民调解委员会任职" in page
