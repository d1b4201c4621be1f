"""The case page finds a case by a prepared query: exactly the cases that the one predicate lets a person see."""

from dataclasses import fields

from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import opening
from fengqiao.desk.transitions.watching import watch
from fengqiao.people.models import User
from fengqiao.web.console.found import grasped_by, seen_by, unread_of
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty


def people_of(qing: QingCounty) -> list[User]:
    return [one for one in (getattr(qing, field.name) for field in fields(qing)) if isinstance(one, User)]


def test_everybody_finds_what_they_see_and_nothing_else(qing: QingCounty, sent_leak: Case) -> None:
    acts.open_leak(qing)
    secret = acts.open_accusation(qing)
    opening.name_viewer(secret, qing.zhou_clerks, reason="轮班", by=qing.ma_clerks, at=MONDAY_9AM)
    seen = 0

    for person in people_of(qing):
        for case in Case.objects.all():
            is_visible = Case.objects.visible_to(person, now()).filter(pk=case.pk).exists()
            for found in (seen_by(person, case.number), grasped_by(person, case.number)):
                assert (found == case) if is_visible else (found is None), (person, case)
            seen += is_visible

    assert seen > 10


def test_it_knows_what_was_not_read(qing: QingCounty, sent_leak: Case) -> None:
    watch(sent_leak, by=qing.chen_dispatches, at=MONDAY_9AM)

    mine, others = seen_by(qing.chen_dispatches, sent_leak.number), seen_by(qing.wu_supervises, sent_leak.number)

    assert mine is not None and others is not None
    assert unread_of(mine).watched_to == sent_leak.line_count
    assert unread_of(others).watched_to is None
