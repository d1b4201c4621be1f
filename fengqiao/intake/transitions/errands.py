"""An errand is taken for someone who agreed to it, and the papers handed over for it come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.intake.models import Errand, Paper, Report
from fengqiao.intake.policy import may_return_papers
from fengqiao.intake.transitions.receiving import Entry, Receipt, receive
from fengqiao.intake.workflow import ConsentWay
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.models import User
from fengqiao.places.models import County

MOST_PAPERS = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """How and when the resident agreed, and what they handed over."""

    way: ConsentWay
    on: date
    papers: tuple[str, ...] = ()


def take(county: County, entry: Entry, agreed: Agreement, *, by: User, at: datetime) -> Receipt:
    """Take an errand in: a report as any other, with the consent and the papers beside it."""
    if not entry.reporter.strip():
        raise Refused(_("Write for whom the errand is."))
    if agreed.on > localdate(at):
        raise Refused(_("Nobody agrees on a day to come."))
    if len(agreed.papers) > MOST_PAPERS:
        raise Refused(_("At most %(most)d papers; put the others on a second errand.") % {"most": MOST_PAPERS})
    with transaction.atomic():
        receipt = receive(county, entry, by=by, at=at)
        if not receipt.came_before:
            _write(receipt.report, agreed)
    return receipt


def give_back(report: Report, papers: Iterable[UUID], *, to: str, by: User, at: datetime) -> int:
    """Note that papers are back with their owner, or where else they went; once each."""
    require(may_return_papers(by, report, at))
    if not to.strip():
        raise Refused(_("Write to whom they were given, or where they went."))
    with transaction.atomic():
        out = Paper.objects.select_for_update().filter(errand__report=report, returned_at=None, pk__in=list(papers))
        count = out.update(returned_at=at, returned_by=by, returned_to=to)
    if not count:
        raise Refused(_("Choose the papers that went back."))
    return count


def _write(report: Report, agreed: Agreement) -> None:
    errand = Errand.objects.create(county=report.county, report=report, consent=agreed.way, agreed_on=agreed.on)
    papers = enumerate(agreed.papers, 1)
    Paper.objects.bulk_create(
        Paper(county=report.county, errand=errand, place=place, name=name) for place, name in papers
    )
