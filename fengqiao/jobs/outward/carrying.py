"""Notices on their way out: laid out for whoever listens, sent within office hours, tried again after a failure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from fengqiao.jobs.follow import pause_after
from fengqiao.jobs.outward import posting, wording
from fengqiao.oversight.channels import unsent
from fengqiao.oversight.models import Channel, Listening, Notice, Sending
from fengqiao.places import calendar as calendars

TRIES = 12
AT_ONCE = timedelta(0)
MATTER = ("notice__case", "notice__report", "notice__case_clock", "notice__report_clock", "channel")


@dataclass
class Carried:
    """What one pass did."""

    sent: int = 0
    failed: int = 0


def carry(at: datetime) -> Carried:
    """Lay out what listeners are owed at this moment, and send what can be sent."""
    carried = Carried()
    _lay_out(at)
    for sending in _to_send(at):
        if _is_moot(sending) or _is_held(sending, at):
            _put_aside(sending, at)
        elif _claim(sending, at):
            done = posting.post(sending.channel, wording.words_of(sending.notice))
            _settle(sending, done, at)
            carried.sent += done
            carried.failed += not done
    return carried


def _lay_out(at: datetime) -> None:
    """Make one sending a notice and channel, however many people listen there."""
    listening = Listening.objects.filter(channel__is_on=True, user__is_active=True).select_related("user", "channel")
    for each in listening:
        made = Sending.objects.filter(channel=each.channel, notice=OuterRef("pk"))
        owed = Notice.objects.visible_to(each.user, at).unseen().standing().filter(made_at__gte=each.since)
        Sending.objects.bulk_create(
            (
                Sending(county=notice.county, channel=each.channel, notice=notice, made_at=at, retry_at=at)
                for notice in owed.filter(~Exists(made))
            ),
            ignore_conflicts=True,
        )


def _to_send(at: datetime) -> Iterator[Sending]:
    """Walk what is due, the urgent first, one at a time: a pass that is cut short loses nothing."""
    rows = unsent(Sending.objects.filter(Q(channel__is_on=True) | Q(notice=None), retry_at__lte=at))
    yield from rows.select_related(*MATTER).order_by(F("notice__is_urgent").desc(nulls_first=True), "retry_at", "pk")


def _is_moot(sending: Sending) -> bool:
    """Test if nobody needs to be told any more: somebody has looked."""
    return sending.notice is not None and sending.notice.seen_at is not None


def _is_held(sending: Sending, at: datetime) -> bool:
    """Test if it waits for the office to open; what is urgent and what is a test do not."""
    if sending.notice is None or sending.notice.is_urgent:
        return False
    return calendars.of(sending.county).after(at, AT_ONCE) > at


def _put_aside(sending: Sending, at: datetime) -> None:
    """Drop what nobody needs; let the rest wait for the next open moment."""
    row = Sending.objects.filter(pk=sending.pk)
    if _is_moot(sending):
        row.update(dropped_at=at)
    else:
        row.update(retry_at=calendars.of(sending.county).after(at, AT_ONCE))


def _claim(sending: Sending, at: datetime) -> bool:
    """Take a sending for this pass alone, before anything leaves: a worker killed now tries again, later."""
    again = at + pause_after(sending.tries + 1)
    still = unsent(Sending.objects.filter(pk=sending.pk, tries=sending.tries))
    return still.update(tries=sending.tries + 1, retry_at=again) == 1


def _settle(sending: Sending, done: bool, at: datetime) -> None:
    """Write down what came of it, on the sending and on its channel."""
    row, channel = Sending.objects.filter(pk=sending.pk), Channel.objects.filter(pk=sending.channel_id)
    if done:
        row.update(sent_at=at)
        channel.update(sent_at=at, failures=0, failed_at=None)
        return
    channel.update(failures=F("failures") + 1, failed_at=at)
    if sending.notice is None or sending.tries + 1 >= TRIES:
        row.update(dropped_at=at)
