"""Channels for notices outward: set up by the system administrator, chosen by each person for themselves."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.kit.locking import lock, unlock
from fengqiao.kit.verdict import Refused, require
from fengqiao.oversight.models import Channel, Listening, Sending
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, Unit, User
from fengqiao.people.transitions.logging import write

USE = "channel"
DEAD_AFTER = 3  # failures in a row
ADDRESS = re.compile(r"(?P<scheme>[a-z]{2,12})://\S{3,500}")
MAIL, GATEWAY = gettext_lazy("E-mail"), gettext_lazy("Gateway")
# What an office has: group robots, mail, and a gateway for short messages that takes a form, JSON or XML.
WAYS = {
    "wecombot": "企业微信", "dingtalk": "钉钉", "feishu": "飞书", "lark": "Lark", "mailto": MAIL, "mailtos": MAIL,
    "form": GATEWAY, "forms": GATEWAY, "json": "JSON", "jsons": "JSON", "xml": "XML", "xmls": "XML",
}  # fmt: skip


@transaction.atomic
def add(name: str, address: str, *, unit: Unit | None, by: User, at: datetime) -> Channel:
    """Add a channel; it is off until it is switched on."""
    require(policy.may(by, "units", at))
    if unit is not None and unit.county != by.county:
        raise Refused(_("This unit belongs to another county."))
    if Channel.objects.filter(county=by.county, name=name).exists():
        raise Refused(_("This name is taken."))
    channel = Channel(county=by.county, unit=unit, name=name, made_at=at)
    _put(channel, address)
    channel.save(force_insert=True)
    _note(channel, _("added"), by=by, at=at)
    return channel


@transaction.atomic
def replace_address(channel: Channel, address: str, *, by: User, at: datetime) -> Channel:
    """Give a channel another address; what failed before is forgotten."""
    channel = _taken(channel, by, at)
    _put(channel, address)
    channel.failures, channel.failed_at = 0, None
    channel.save()
    _note(channel, _("new address"), by=by, at=at)
    return channel


@transaction.atomic
def switch(channel: Channel, *, is_on: bool, by: User, at: datetime) -> Channel:
    """Switch a channel on or off; what waits for one that is off is dropped."""
    channel = _taken(channel, by, at)
    channel.is_on = is_on
    channel.save(update_fields=["is_on"])
    if not is_on:
        unsent(channel.sendings.all()).update(dropped_at=at)
    _note(channel, _("switched on") if is_on else _("switched off"), by=by, at=at)
    return channel


@transaction.atomic
def remove(channel: Channel, *, by: User, at: datetime) -> None:
    """Take a channel away with its address."""
    channel = _taken(channel, by, at)
    _note(channel, _("taken away"), by=by, at=at)
    channel.delete()


@transaction.atomic
def ask_for_test(channel: Channel, *, by: User, at: datetime) -> Sending:
    """Let the worker send one test by a channel, at once and at any hour."""
    channel = _taken(channel, by, at)
    unsent(channel.sendings.filter(notice=None)).update(dropped_at=at)
    return Sending.objects.create(county=channel.county, channel=channel, made_at=at, retry_at=at)


@transaction.atomic
def listen(channels: Iterable[Channel], *, by: User, at: datetime) -> None:
    """Let notices to oneself go by these channels and by no other; nobody chooses for somebody else."""
    wanted = {channel.pk for channel in channels} & {channel.pk for channel in open_to(by, at)}
    mine = Listening.objects.filter(user=by)
    mine.exclude(channel__in=wanted).delete()
    Listening.objects.bulk_create(
        (Listening(county=by.county, user=by, channel_id=pk, since=at) for pk in wanted), ignore_conflicts=True
    )


def open_to(user: User, at: datetime) -> QuerySet[Channel]:
    """List the channels someone may choose: those for everybody, and those of units they hold a post in today."""
    units = user.posts.held_on(localdate(at)).values("unit")
    found = Channel.objects.filter(Q(unit=None) | Q(unit__in=units), county=user.county, is_on=True)
    return found.select_related("unit").order_by("name")


def unsent(sendings: QuerySet[Sending]) -> QuerySet[Sending]:
    """Narrow to what is still on its way."""
    return sendings.filter(sent_at=None, dropped_at=None)


def dead() -> QuerySet[Channel]:
    """List the channels that failed several times in a row."""
    return Channel.objects.filter(is_on=True, failures__gte=DEAD_AFTER).order_by("county", "name")


def address_of(channel: Channel) -> str:
    """Open the address of a channel, to send by it and for nothing else."""
    return unlock(channel.locked, key=settings.SECRET_KEY, use=USE)


def _taken(channel: Channel, by: User, at: datetime) -> Channel:
    require(policy.may(by, "units", at))
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    if channel.county != by.county:
        raise Refused(_("This channel belongs to another county."))
    return channel


def _put(channel: Channel, address: str) -> None:
    """Lock an address in; only ways that an office uses are taken, and the reason never repeats the address."""
    matched = ADDRESS.fullmatch(address.strip())
    if matched is None or matched["scheme"] not in WAYS:
        raise Refused(_("This address cannot be used. It begins with one of: %(ways)s.") % {"ways": ", ".join(WAYS)})
    channel.scheme = matched["scheme"]
    channel.locked = lock(address.strip(), key=settings.SECRET_KEY, use=USE)


def _note(channel: Channel, what: str, *, by: User, at: datetime) -> None:
    facts = {"name": channel.name, "way": str(WAYS[channel.scheme]), "what": what}
    write(StaffLog.Act.CHANGED_CHANNEL, by=by, at=at, unit=channel.unit, facts=facts)
