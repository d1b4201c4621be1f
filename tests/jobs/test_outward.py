"""Notices outward, sent to a real server on this machine: when they go, what they say, what happens when it fails."""

import json
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Urgency
from fengqiao.jobs import follow
from fengqiao.jobs.outward.carrying import Carried, carry
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import channels
from fengqiao.oversight.models import Channel, Notice, Sending
from fengqiao.people.models import Role, StaffLog, User
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

# What apprise loads for its mail plugin names a module that Python 3.13 leaves out; nothing of ours uses it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MONDAY_NIGHT = MONDAY_9AM + 11 * HOUR
TUESDAY_OPENING = MONDAY_9AM + timedelta(hours=23, minutes=30)


class Outside:
    """A robot's address on this machine: what it was told, and how it answers."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.answers: list[int] = []  # the next statuses; then 200
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outside.answers.pop(0) if outside.answers else 200
                if status == 200:
                    outside.told.append(json.loads(body)["message"])
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"json://127.0.0.1:{self.server.server_port}/hook/very-secret-token"


@pytest.fixture
def outside() -> Iterator[Outside]:
    """The world outside."""
    one = Outside()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def channel(qing: QingCounty, outside: Outside) -> Channel:
    """The water bureau's robot, switched on, and its handler listens."""
    made = add(qing, outside)
    listen(qing.liu_handles_water, made)
    return made


def add(qing: QingCounty, outside: Outside, name: str = "水务局工作群") -> Channel:
    by = qing.shi_runs_the_system
    made = channels.add(name, outside.address, unit=qing.water, by=by, at=MONDAY_9AM - HOUR)
    return channels.switch(made, is_on=True, by=by, at=MONDAY_9AM - HOUR)


def listen(who: User, *to: Channel) -> None:
    channels.listen(to, by=who, at=MONDAY_9AM - HOUR)


def dispatched(qing: QingCounty, at: datetime, **changes: object) -> Case:
    """A case is sent to the water bureau, and the worker has followed."""
    case = acts.dispatch(qing, acts.open_leak(qing, at=at, **changes), at=at)
    follow.follow(at)
    return case


def test_it_goes_at_once_within_office_hours_and_says_number_step_due_time_and_link(
    qing: QingCounty, outside: Outside, channel: Channel, settings: Any
) -> None:
    settings.PUBLIC_ADDRESS = "https://fengqiao.example"
    case = dispatched(qing, MONDAY_9AM)

    assert carry(MONDAY_9AM) == Carried(sent=1)
    assert carry(MONDAY_9AM + MINUTE) == Carried()

    (message,) = outside.told
    assert case.number in message and f"https://fengqiao.example/console/cases/{case.number}/" in message
    assert "03-02 15:30" in message  # the accept clock: four working hours
    for secret in (case.title, "何秀英", "13900000012", "水管", "柳树", "马晓兰"):
        assert secret not in message


def test_nothing_goes_by_itself(qing: QingCounty, outside: Outside) -> None:
    made = add(qing, outside)  # on, but nobody listens
    off = channels.add("关着的", outside.address, unit=None, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    listen(qing.liu_handles_water, off)  # cannot be chosen while it is off
    dispatched(qing, MONDAY_9AM)

    assert carry(MONDAY_9AM) == Carried()
    assert not outside.told and not Sending.objects.exists() and not made.sendings.exists()


def test_out_of_hours_it_waits_for_the_opening_and_urgent_does_not(
    qing: QingCounty, outside: Outside, channel: Channel
) -> None:
    dispatched(qing, MONDAY_NIGHT)
    assert carry(MONDAY_NIGHT) == Carried()

    urgent = dispatched(qing, MONDAY_NIGHT, urgency=Urgency.URGENT)
    assert carry(MONDAY_NIGHT) == Carried(sent=1)
    assert urgent.number in outside.told[0]

    assert carry(TUESDAY_OPENING - MINUTE) == Carried()
    assert carry(TUESDAY_OPENING) == Carried(sent=1)


def test_after_a_failure_it_is_tried_again_later_and_arrives_once(
    qing: QingCounty, outside: Outside, channel: Channel
) -> None:
    outside.answers = [500, 500]
    case = dispatched(qing, MONDAY_9AM)

    assert carry(MONDAY_9AM) == Carried(failed=1)
    assert carry(MONDAY_9AM + MINUTE / 2) == Carried()  # not hammered
    assert carry(MONDAY_9AM + MINUTE) == Carried(failed=1)
    assert carry(MONDAY_9AM + 2 * MINUTE) == Carried()  # twice as long each time
    assert carry(MONDAY_9AM + 3 * MINUTE) == Carried(sent=1)
    assert carry(MONDAY_9AM + HOUR) == Carried()

    assert len(outside.told) == 1
    assert Case.objects.get(pk=case.pk).status == "dispatched"
    channel.refresh_from_db()
    assert (channel.failures, channel.sent_at) == (0, MONDAY_9AM + 3 * MINUTE)


def test_a_retry_that_falls_into_the_night_waits_too(qing: QingCounty, outside: Outside, channel: Channel) -> None:
    outside.answers = [500]
    late = MONDAY_9AM + 9 * HOUR - MINUTE / 2  # half a minute before six
    dispatched(qing, late)

    assert carry(late) == Carried(failed=1)
    assert carry(late + 2 * MINUTE) == Carried()
    assert carry(TUESDAY_OPENING) == Carried(sent=1)


def test_whoever_looked_meanwhile_is_not_told_any_more(qing: QingCounty, outside: Outside, channel: Channel) -> None:
    outside.answers = [500]
    dispatched(qing, MONDAY_9AM)
    carry(MONDAY_9AM)
    Notice.objects.update(seen_at=MONDAY_9AM, seen_by=qing.liu_handles_water)

    assert carry(MONDAY_9AM + HOUR) == Carried()
    assert not outside.told and Sending.objects.get().dropped_at == MONDAY_9AM + HOUR


def test_two_who_listen_on_one_channel_get_one_message(qing: QingCounty, outside: Outside, channel: Channel) -> None:
    cast.hold(qing.deng_is_a_stranger, Role.HANDLER, qing.root, qing.water)
    listen(qing.deng_is_a_stranger, channel)
    dispatched(qing, MONDAY_9AM)

    assert carry(MONDAY_9AM) == Carried(sent=1)


def test_a_restricted_case_says_only_that_somebody_is_needed(qing: QingCounty, outside: Outside, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://fengqiao.example"
    made = channels.add("中心", outside.address, unit=qing.centre, by=qing.shi_runs_the_system, at=MONDAY_9AM - HOUR)
    channels.switch(made, is_on=True, by=qing.shi_runs_the_system, at=MONDAY_9AM - HOUR)
    listen(qing.ma_clerks, made)
    case = steps.restricted(qing)
    clock = case.clocks.get(stage="dispatch")
    Notice.objects.create(
        county=case.county, kind="deadline", level=90, unit=qing.centre, role="clerk", case=case, case_clock=clock,
        made_at=MONDAY_9AM, visible_from=MONDAY_9AM,
    )  # fmt: skip
    listen(qing.zhou_clerks, made)  # not named: adds nothing

    assert carry(MONDAY_9AM) == Carried(sent=1)

    (message,) = outside.told
    assert case.number not in message and "https://fengqiao.example/console/" in message
    assert "%" not in message and "分流" not in message


def test_a_dead_channel_stands_in_the_doctor_and_its_address_nowhere(
    qing: QingCounty, outside: Outside, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    outside.answers = [500] * 20
    dispatched(qing, MONDAY_9AM)
    with caplog.at_level(logging.DEBUG):
        for number in range(4):
            carry(MONDAY_9AM + number * HOUR)

    assert list(channels.dead()) == [channel]
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--quick", stdout=out)
    assert channel.name in out.getvalue()
    stored = str(Channel.objects.values().get()) + str(list(StaffLog.objects.values())) + out.getvalue()
    assert "very-secret-token" not in stored + caplog.text
    assert channels.address_of(channel) == outside.address


def test_an_address_that_nobody_answers_blocks_nothing(qing: QingCounty, outside: Outside, channel: Channel) -> None:
    other = channels.add(
        "坏的", "json://127.0.0.1:9/nobody", unit=None, by=qing.shi_runs_the_system, at=MONDAY_9AM - HOUR
    )
    other = channels.switch(other, is_on=True, by=qing.shi_runs_the_system, at=MONDAY_9AM - HOUR)
    Channel.objects.filter(pk=other.pk).update(locked="not locked by us")
    listen(qing.liu_handles_water, other, channel)
    dispatched(qing, MONDAY_9AM)

    assert carry(MONDAY_9AM) == Carried(sent=1, failed=1)


def test_a_test_goes_at_any_hour_even_before_it_is_switched_on(qing: QingCounty, outside: Outside) -> None:
    by = qing.shi_runs_the_system
    made = channels.add("试一试", outside.address, unit=None, by=by, at=MONDAY_NIGHT)
    channels.ask_for_test(made, by=by, at=MONDAY_NIGHT)
    outside.answers = [500]

    assert carry(MONDAY_NIGHT) == Carried(failed=1)
    assert carry(MONDAY_NIGHT + HOUR) == Carried()  # a test is tried once
    channels.ask_for_test(made, by=by, at=MONDAY_NIGHT + HOUR)
    assert carry(MONDAY_NIGHT + HOUR) == Carried(sent=1)


def test_switching_off_drops_what_waits(qing: QingCounty, outside: Outside, channel: Channel) -> None:
    outside.answers = [500]
    dispatched(qing, MONDAY_9AM)
    carry(MONDAY_9AM)

    channels.switch(channel, is_on=False, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    channels.switch(channel, is_on=True, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert carry(MONDAY_9AM + HOUR) == Carried() and not outside.told


@pytest.mark.parametrize("who", ["feng_secures", "bai_audits", "wu_supervises", "liu_handles_water"])
def test_only_the_system_administrator_sets_channels_up(qing: QingCounty, channel: Channel, who: str) -> None:
    by = getattr(qing, who)
    before = StaffLog.objects.count()
    with pytest.raises(Refused):
        channels.add("x", "json://127.0.0.1/x", unit=None, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        channels.switch(channel, is_on=False, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        channels.replace_address(channel, "json://127.0.0.1/x", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        channels.ask_for_test(channel, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        channels.remove(channel, by=by, at=MONDAY_9AM)
    assert StaffLog.objects.count() == before


@pytest.mark.parametrize("wrong", ["", "qq://x", "http://example.cn/hook", "json://", "dbus://x", "json://a b/c d"])
def test_an_address_of_no_known_way_is_refused_without_repeating_it(qing: QingCounty, wrong: str) -> None:
    with pytest.raises(Refused) as refusal:
        channels.add("x", wrong, unit=None, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    assert not wrong or wrong not in str(refusal.value)
    assert not Channel.objects.exists()
