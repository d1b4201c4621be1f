"""A report comes in, by any door."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Stage
from fengqiao.cases.numbering import drawn_anew
from fengqiao.cases.rules import rule_for
from fengqiao.cases.vocabulary import Nature
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.vocabulary import Parent
from fengqiao.intake import secret as secrets
from fengqiao.intake.models import Report, ReportClock
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.intake.policy import may_receive
from fengqiao.intake.workflow import Channel
from fengqiao.kit.codes import new_code
from fengqiao.kit.ids import new_id
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.rows import new
from fengqiao.kit.verdict import Refused, require
from fengqiao.kit.writing import insert, send, together
from fengqiao.people.models import User
from fengqiao.places import calendar as calendars
from fengqiao.places.models import County, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What came in, as it came."""

    channel: Channel
    nature: Nature
    text: str
    region: Region
    title: str = ""
    place: str = ""
    reporter: str = ""
    phone: str = ""
    proxy: str = ""
    proxy_relation: str = ""
    proxy_agreed: bool = False
    submission: UUID = field(default_factory=new_id)
    same_as: Case | None = None
    source: str = ""
    source_number: str = ""
    enclosed: Enclosed | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The report with the secret its bearer gets; it is empty when the report came in some time ago."""

    report: Report
    secret: str
    came_before: bool = False


Write = Callable[[County, Entry, User | None, datetime], Receipt]


def receive(county: County, entry: Entry, *, by: User | None, at: datetime) -> Receipt:
    """Take in a report, give it its code and secret, and start the triage clock.

    `by` is the member of staff who wrote it down; nobody when the resident, or an import, sent it.
    The same form sent twice is one report.
    """
    return once(county, entry, _write, by=by, at=at)


def once(county: County, entry: Entry, write: Write, *, by: User | None, at: datetime) -> Receipt:
    """Take in what is fit to be, by whoever may, unless this form or number has brought it before."""
    _must_be_fit(entry, at)
    if by is not None:
        require(may_receive(by, entry.region, at))
    known = _known(county, entry)
    if known is not None:
        return _again(known, at)
    try:
        return _whole(write, county, entry, by, at)
    except IntegrityError:
        known = _known(county, entry)
        if known is None:
            raise
        return _again(known, at)


@drawn_anew
def _whole(write: Write, county: County, entry: Entry, by: User | None, at: datetime) -> Receipt:
    """Write it all or nothing, sent together."""
    with together():
        return write(county, entry, by, at)


def _again(report: Report, at: datetime) -> Receipt:
    """Give the receipt of a form sent twice: with the secret while the sender may still be waiting for the first."""
    secret = secrets.of_submission(report.submission)
    fresh = report.received_at <= at < report.received_at + secrets.SHOWN_AGAIN_FOR
    unchanged = report.secret_digest == secrets.digest(report.code, secret)
    return Receipt(report, secret if fresh and unchanged else "", came_before=True)


def _must_be_fit(entry: Entry, at: datetime) -> None:
    """Refuse an empty or over-long text and a region that is no more."""
    if not entry.text.strip():
        raise Refused(_("Please say what happened."))
    if len(entry.text) > TEXT_LIMIT:
        raise Refused(
            _("The text has %(length)s characters; at most %(limit)s can be taken in.")
            % {"length": len(entry.text), "limit": TEXT_LIMIT}
        )
    if not entry.region.is_open_on(localdate(at)) and not entry.source:
        raise Refused(_("%(region)s no longer exists; choose the place it belongs to now.") % {"region": entry.region})


def _known(county: County, entry: Entry) -> Report | None:
    """Find the report that this form, or this number of the source, has brought before."""
    if entry.source:
        came = {"source": entry.source, "source_number": entry.source_number}
        return Report.objects.filter(county=county.code, **came).first()
    return next(iter(_SENT(county.code, entry.submission)), None)


def _sent(_shape: object, county: str, submission: UUID) -> QuerySet[Report]:
    return Report.objects.filter(county=county, submission=submission)


_SENT: Prepared[Report] = Prepared(_sent)


def _write(county: County, entry: Entry, by: User | None, at: datetime) -> Receipt:
    """Store the report and its clock."""
    report, secret = described(county, entry, by, at)
    clock = start_triage(report, at)
    report.due_at = clock.due_at
    keep(report, clock, entry, by)
    return Receipt(report, secret)


def described(county: County, entry: Entry, by: User | None, at: datetime) -> tuple[Report, str]:
    """Build the report with its code; the caller saves it. Beside it stands its secret."""
    code, secret = new_code(county.tag), secrets.of_submission(entry.submission)
    report = new(
        Report,
        county=county.code,
        code=code,
        secret_digest=secrets.digest(code, secret),
        submission=entry.submission,
        channel=entry.channel,
        nature=entry.nature,
        title=entry.title,
        text=entry.text,
        region=entry.region,
        path=entry.region.path,
        place=entry.place,
        reporter=entry.reporter,
        phone=entry.phone,
        proxy=entry.proxy,
        proxy_relation=entry.proxy_relation,
        proxy_agreed=entry.proxy_agreed,
        entered_by=by,
        received_at=at,
        same_as=entry.same_as,
        source=entry.source,
        source_number=entry.source_number,
    )
    return report, secret


def keep(report: Report, clock: ReportClock, entry: Entry, by: User | None) -> None:
    """Store a new report with its clock and its files."""
    send()  # the database looks at its case to say by which path it is read
    insert(report)
    insert(clock)
    attach(entry.enclosed, Parent.REPORT, report.pk, county=report.county, by=by)


def start_triage(report: Report, at: datetime) -> ReportClock:
    """Build the triage clock of a report; the caller saves it."""
    rule = rule_for(report.county, Stage.TRIAGE, "", at)
    clock = new(ReportClock, county=report.county, report=report, stage=Stage.TRIAGE)
    return deadlines.set_going(clock, rule, at, calendars.of(report.county))
