import io
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Q
from pytest_django import DjangoDbBlocker

from fengqiao.cases.models import Case, CaseClock, CaseLog, NamedViewer, ReopenRequest
from fengqiao.cases.vocabulary import Kind, Nature, Outcome
from fengqiao.cases.workflow import OPEN, STEPS, Status
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.kit.sealing import START
from fengqiao.people.models import Post, Role, User
from fengqiao.places.models import County
from fengqiao.playbooks import reading as playbooks
from fengqiao.playbooks import setting_up
from fengqiao.playbooks.demo import playing, reading, stage
from tests.cast import SHANGHAI
from tests.playbooks.divisions import load_divisions

NEEDS_A_NEIGHBOUR = {"hand_on"}  # the demonstration is one county
OF_ITS_DISPUTES = {"mediate", "mediation", "escalate", "send_back", "settle"}  # test_demo_loading.py
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)  # a plain Monday; Spring Festival lies in the count


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    """Zhenyuan with its demonstration, loaded once for all these tests, which only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_divisions()
        county = setting_up.set_up(playbooks.read("zhenyuan")).county
        playing.play(reading.scripts(), stage.build(county), NOW)
        yield county
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: County, db: None) -> County:
    """Zhenyuan with its demonstration, loaded on a Monday morning."""
    return loaded


def test_every_state_every_step_and_every_role_occurs(demo: County) -> None:
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values) - {Status.MEDIATING}
    assert set(Report.objects.values_list("status", flat=True)) == set(ReportStatus.values)
    assert set(CaseLog.objects.values_list("verb", flat=True)) == STEPS.keys() - NEEDS_A_NEIGHBOUR - OF_ITS_DISPUTES
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(Case.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert set(Report.objects.values_list("nature", flat=True)) == set(Nature.values)
    assert Case.objects.filter(round=2).exists()
    assert ReopenRequest.objects.filter(decided_at=None).exists()
    assert NamedViewer.objects.count() == 11
    assert set(Case.objects.values_list("outcome", flat=True)) >= set(Outcome.values) - {Outcome.WITHDRAWN}


def test_half_a_year_of_a_county_lies_behind_it(demo: County) -> None:
    opened = list(Case.objects.order_by("opened_at").values_list("opened_at", flat=True))

    assert len(opened) >= 200
    assert timedelta(days=150) < NOW - opened[0]
    assert {(NOW - at).days // 30 for at in opened} >= set(range(6))  # each month has some
    assert Case.objects.filter(is_restricted=True, status=Status.ARCHIVED).exists()
    assert Case.objects.filter(round=3).exists()
    assert Case.objects.filter(status__in=OPEN).overdue(NOW).count() > 3


def test_about_15_percent_are_late(demo: County) -> None:
    handled = CaseClock.objects.filter(stage="handle")
    late = handled.filter(Q(met_at__gt=F("due_at")) | Q(met_at=None, stopped_at=None, due_at__lt=NOW))

    assert 0.10 <= late.count() / handled.count() <= 0.20


def test_each_record_is_in_the_order_of_time_and_its_chain_holds(demo: County) -> None:
    for case in Case.objects.all():
        digest = START
        lines = list(case.log.order_by("line"))
        assert [line.at for line in lines] == sorted(line.at for line in lines), case.title
        for line in lines:
            digest = line.sealed(digest)
            assert line.digest == digest
        assert case.last_digest == digest


def test_staff_act_in_office_hours_and_nothing_lies_ahead(demo: County) -> None:
    calendar = stage.build(demo).calendar

    for line in CaseLog.objects.filter(actor="staff"):
        assert calendar.open_between(line.at, line.at + timedelta(seconds=2)), line
        assert line.at <= NOW


def test_a_second_load_adds_nothing(demo: County) -> None:
    before = [model.objects.count() for model in (Report, CaseLog, User, Post)]
    out = io.StringIO()
    call_command("load_demo", stdout=out)

    assert [model.objects.count() for model in (Report, CaseLog, User, Post)] == before
    assert "chen.clerk" in out.getvalue()


def test_everyone_in_it_signs_in_with_the_password_that_is_printed(demo: County) -> None:
    clerk = User.objects.get(username="chen.clerk")

    assert clerk.check_password(stage.PASSWORD)
    assert len({user.password for user in User.objects.all()}) == 1


def test_the_texts_are_all_different_and_name_no_number_that_could_ring() -> None:
    scripts = reading.scripts()
    texts = [script.text for script in scripts]
    texts += [words for script in scripts for line in script.story if (words := line.said.get("reply"))]

    assert len(texts) == len(set(texts)) >= 60
    phones = [script.phone for script in scripts if script.phone]
    assert all(phone.startswith("139000000") and len(phone) == 11 for phone in phones)
    assert len(phones) == len(set(phones))
