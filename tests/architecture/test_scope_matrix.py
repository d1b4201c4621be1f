"""Every staff address × every role × plain, restricted and untriaged: what someone may not see does not exist there.

The rows are read from the URL table, so a new address is covered from its first day; one that names its thing in
a way this page does not know fails until it is taught.
"""

import itertools

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import STEPS
from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from fengqiao.people.models import Role
from fengqiao.web.console import setup_urls, urls
from tests import acts, cast, photos
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

SECRET_WORD = "蓝色水塔"  # stands in the text and the title of the thing looked for, and nowhere else
DECISIONS = ("open", "join", "decline", "uphold", "overturn")
PEOPLE = [
    "ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "sun_dispatches_west", "liu_handles_water",
    "zhao_handles_roads", "han_handles_east", "wu_supervises", "tang_supervises_above", "fang_dispatches_above",
    "qian_walks_the_grid", "gao_leads", "bai_audits", "feng_secures", "shi_runs_the_system", "deng_is_a_stranger",
    "xu_has_a_role_nobody_thought_of",
]  # fmt: skip
NAMED_BY = {"number", "code", "file"}
SHARED = {"number", "code", "verb", "file"}
OWN = {"run", "saved", "waiting"}  # what one person made for themselves: everybody else is told that it does not exist
OF_STAFF = {
    "username",
    "post",
    "act",
    "unit",
    "centre",
    "channel",
    "region",
    "sheet",
    "rule",
    "subject",
    "template",
}  # name no case: test_administrators.py

OF_RECEPTION = {"day", "booking", "act"}  # who sees a day and its list: tests/web/console/test_reception.py


def arguments(pattern: URLPattern) -> set[str]:
    """Read by what an address names its thing."""
    return set(pattern.pattern.converters)


OF_ONE_THING = [one for one in urls.urlpatterns if arguments(one) & NAMED_BY]
OF_MANY = [one for one in urls.urlpatterns if not arguments(one)]


def plain(qing: QingCounty) -> Case:
    """A case in East Town, with the water bureau."""
    case = acts.open_leak(qing, title=f"{SECRET_WORD}漏水")
    photos.with_a_copy(case, by=qing.ma_clerks)
    return acts.dispatch(qing, case)


def hidden(qing: QingCounty) -> Case:
    """An accusation against the water bureau."""
    case = steps.restricted(qing)
    Case.objects.filter(pk=case.pk).update(title=f"{SECRET_WORD}收费")
    photos.with_a_copy(case, by=qing.ma_clerks)
    return case


THINGS = {"plain": plain, "restricted": hidden}


def people(qing: QingCounty) -> dict[str, object]:
    """Collect everybody, and one whose role no line of ours knows."""
    odd = cast.user("xu_has_a_role_nobody_thought_of", "徐奇")
    cast.hold(odd, Role.CLERK, qing.root, qing.centre)
    odd.posts.update(role="astrologer")
    return {who: getattr(qing, who, odd) for who in PEOPLE}


def answers(client: Client, one: URLPattern, case: Case, code: str) -> set[int]:
    """Ask an address for the thing in both ways, with every word it may carry."""
    verbs = STEPS if "number" in arguments(one) else DECISIONS
    file = Attachment.objects.get(kind="report", thing=case.reports.get().pk).pk
    choices: dict[str, list[object]] = {"number": [case.number], "code": [code], "verb": list(verbs), "file": [file]}
    wanted = sorted(arguments(one))
    found = set()
    for values in itertools.product(*(choices[name] for name in wanted)):
        address = reverse(f"console:{one.name}", kwargs=dict(zip(wanted, values, strict=True)))
        found |= {client.get(address).status_code, client.post(address).status_code}
    return found - {405}


def test_every_address_names_its_thing_in_a_known_way() -> None:
    known = (SHARED, OWN, OF_STAFF, OF_RECEPTION)
    assert all(any(arguments(one) <= names for names in known) for one in urls.urlpatterns)
    own = [one for one in urls.urlpatterns if arguments(one) & (OWN | {"day"})]
    covered = {one.name for one in [*OF_ONE_THING, *OF_MANY, *own, *setup_urls.patterns]}
    assert covered == {one.name for one in urls.urlpatterns}


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize("one", OF_ONE_THING, ids=lambda one: one.name)
def test_one_thing_exists_exactly_for_those_who_may_see_it(
    qing: QingCounty, client: Client, one: URLPattern, kind: str
) -> None:
    case = THINGS[kind](qing)
    code = case.reports.get().code
    expected, found = {}, {}
    for who, user in people(qing).items():
        client.force_login(user)  # type: ignore[arg-type]
        exists = Case.objects.filter(pk=case.pk).visible_to(user, MONDAY_9AM).exists()  # type: ignore[arg-type]
        expected[who] = exists
        found[who] = answers(client, one, case, code) - {403} != {404}

    assert found == expected
    assert set(expected.values()) == {True, False}


@pytest.mark.parametrize("kind", [*THINGS, "untriaged"])
@pytest.mark.parametrize("one", OF_MANY, ids=lambda one: one.name)
def test_no_list_search_or_count_speaks_of_what_one_may_not_see(
    qing: QingCounty, client: Client, one: URLPattern, kind: str
) -> None:
    if kind == "untriaged":
        number = acts.receive(qing, text=f"{SECRET_WORD}一直漏水").report.spoken_code
    else:
        number = THINGS[kind](qing).number
    for user in people(qing).values():
        client.force_login(user)  # type: ignore[arg-type]
        seen = Case.objects.visible_to(user, MONDAY_9AM).exists()  # type: ignore[arg-type]
        seen = seen or Report.objects.visible_to(user, MONDAY_9AM).exists()  # type: ignore[arg-type]
        if seen:
            continue
        for query in ({}, {"q": SECRET_WORD}, {"text": SECRET_WORD}):
            page = client.get(reverse(f"console:{one.name}"), query).content.decode()
            shown = page.replace(f'value="{SECRET_WORD}"', "").replace(f"“{SECRET_WORD}”", "")
            assert SECRET_WORD not in shown and number not in shown, f"{user} at {one.name} {query}"


@pytest.mark.parametrize("one", urls.urlpatterns, ids=lambda one: one.name)
def test_nothing_of_the_desk_answers_without_a_sign_in(
    qing: QingCounty, client: Client, leak: Case, one: URLPattern
) -> None:
    report = leak.reports.get()
    values = {"number": leak.number, "code": report.code, "verb": "open", "file": photos.on_report(report.pk).pk}
    values |= {
        "username": "ma_clerks",
        "post": str(qing.ma_clerks.posts.get().pk),
        "act": "close",
        "unit": qing.water.code,
        "centre": qing.centre.code,
        "channel": str(qing.centre.pk),
        "region": qing.willow.code,
        "sheet": str(qing.willow.pk),
        "rule": str(qing.centre.pk),
        "subject": "01",
        "template": str(qing.centre.pk),
        "run": "01970000-0000-7000-8000-000000000000",
        "saved": "01970000-0000-7000-8000-000000000000",
        "waiting": "01970000-0000-7000-8000-000000000000",
        "day": "01970000-0000-7000-8000-000000000000",
        "booking": "01970000-0000-7000-8000-000000000000",
    }
    address = reverse(f"console:{one.name}", kwargs={name: values[name] for name in arguments(one)})

    for response in (client.get(address), client.post(address)):
        assert response.status_code in (302, 403, 405)
        assert leak.number not in response.content.decode()
        if response.status_code == 302:
            assert response.headers["Location"].startswith(reverse("account_login"))
