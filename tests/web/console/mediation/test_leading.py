"""What the page of a dossier offers next, and instead, and in which group everything else stands."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from fengqiao.mediation.models import Dossier, Meeting
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import begun, moment, shown, take

__all__ = ["begun"]
ITEMS = 6


def lead(client: Client, dossier: Dossier) -> tuple[str, list[str]]:
    """Give the act that leads on and those that stand beside it."""
    found = shown(client, dossier).context["lead"]
    return found.offer.verb if found.offer else "", [each.verb for each in found.instead]


def wording(dossier: Dossier) -> Iterator[tuple[str, Any]]:
    """Ask for more items than the page draws, the last of them due first."""
    zhang, wang = dossier.parties.order_by("side")
    yield from (("what_for", "两家争地埂"), ("content", "恢复地埂，赔偿麦苗款。"))
    for number in range(1, ITEMS + 1):
        due = localdate() + timedelta(days=10 - number)
        yield from ((f"owes_{number}", wang.pk), (f"to_{number}", zhang.pk), (f"what_{number}", f"第{number}笔"))
        yield from ((f"amount_{number}", 100 * number), (f"due_on_{number}", due.isoformat()))


def test_the_talks_lead_from_a_meeting_to_its_minutes_and_to_what_came_of_it(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    assert lead(client, begun) == ("plan_meeting", [])

    take(client, begun, "plan_meeting", kind="in_person", place="村部", starts_at=f"{localdate():%Y}-12-31T23:00")
    assert lead(client, begun) == ("", [])

    Meeting.objects.update(starts_at=now() - timedelta(minutes=30))
    assert lead(client, begun) == ("hold_meeting", ["call_off_meeting"])

    said = {"held_at": moment(), "ended_at": moment(), "result": "各说各的。"}
    assert take(client, begun, "hold_meeting", on=Meeting.objects.get().pk, **said).status_code == 302
    assert lead(client, begun) == ("draft", ["agree_orally", "plan_meeting", "escalate", "end"])


def test_nothing_is_offered_twice_nothing_is_lost_and_no_clock_resumes_that_runs(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    context = shown(sign_in(table.he_mediates_willow), begun).context
    grouped = [offer.verb for group in context["groups"] for offer in group.offers]
    above = [context["lead"].offer.verb, *(each.verb for each in context["lead"].instead)]

    assert sorted([*grouped, *above]) == sorted(offer.verb for offer in context["page"].offers)
    assert "resume" not in grouped and "pause" in grouped


def test_a_wording_has_as_many_items_as_are_sent_and_the_next_begins_with_them(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    assert take(client, begun, "draft", **dict(wording(begun))).status_code == 302
    items = begun.agreements.get(state="draft").items.order_by("order")
    assert [item.what for item in items] == [f"第{number}笔" for number in range(1, ITEMS + 1)]

    form = client.get(shown(client, begun).request["PATH_INFO"], {"act": "draft"}).context["page"].form
    again = [(row[2].value(), row[5].value()) for row in form.rows()]
    assert again == [(item.what, item.due_on) for item in items]
    assert f'value="{items[0].due_on:%Y-%m-%d}"' in str(form) and "---------" not in str(form)


@pytest.mark.parametrize("left_blank", ["what_1", "owes_1"])
def test_half_an_item_is_asked_about_and_not_dropped(
    table: Table, sign_in: SignIn, begun: Dossier, left_blank: str
) -> None:
    said = dict(wording(begun)) | {left_blank: ""}
    answer = take(sign_in(table.he_mediates_willow), begun, "draft", **said)

    assert answer.status_code == 422 and list(answer.context["page"].form.errors) == [left_blank]


def test_after_it_binds_what_is_due_first_leads_and_what_was_not_kept_is_not_called_done(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    take(client, begun, "agree_orally", agreed_at=moment(), **dict(wording(begun)))
    items = list(begun.agreements.get().items.order_by("-order"))
    first = shown(client, begun).context["lead"]
    assert (first.offer.verb, first.offer.on) == ("perform", str(items[0].pk)) and items[0].what in first.words

    take(client, begun, "breach", on=items[0].pk, words="没有来")
    for item in items[1:]:
        take(client, begun, "perform", on=item.pk, done_at=moment())
    assert lead(client, begun) == ("follow_up", ["perform", "ask_court"])
    assert items[0].what in shown(client, begun).context["lead"].words
