"""A party to a mediation that brought no report is handed a code and a secret, so that it answers for itself."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Decision, Report
from fengqiao.intake.transitions.receiving import Entry, Receipt, described
from fengqiao.intake.workflow import Channel, Outcome, Status
from fengqiao.kit.verdict import Refused
from fengqiao.kit.writing import insert
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.people.models import User
from fengqiao.places.models import County


def hand_code(party: Party, *, by: User, at: datetime) -> Receipt:
    """Give a party a code of its own, joined to the case; each side follows by its own and sees only its own."""
    facts: dict[str, Fact] = {}
    with acting("hand_code", party.dossier, by=by, at=at, words=Words(facts=facts), party=party) as dossier:
        party.refresh_from_db()
        if party.left_at is not None:
            raise Refused(_("%(party)s has left this dispute.") % {"party": party})
        if party.report is not None:
            raise Refused(
                _("%(party)s has a code already; a lost secret is replaced at a service window.") % _of(party)
            )
        receipt = _write(party, dossier, by, at)
        facts["report"] = receipt.report.code
        party.report = receipt.report.pk
        party.save(update_fields=["report"])
    return receipt


def take_code(party: Party, code: str, *, by: User, at: datetime) -> Party:
    """Tie a party to the report it brought itself, by the code on its receipt."""
    facts: dict[str, Fact] = {"report": code}
    with acting("hand_code", party.dossier, by=by, at=at, words=Words(facts=facts), party=party) as dossier:
        report = Report.objects.filter(code=code, case__in=_cases(dossier)).first()
        if report is None:
            raise Refused(_("No report of this dispute has this code."))
        if Party.objects.filter(report=report.pk, left_at=None).exclude(pk=party.pk).exists():
            raise Refused(_("This code belongs to another party already."))
        party.report = report.pk
        party.save(update_fields=["report"])
    return party


def _of(party: Party) -> dict[str, object]:
    return {"party": party}


def _cases(dossier: Dossier) -> list[Case]:
    """List the case of a dossier and those that were linked to it."""
    return [dossier.case, *(linked.case for linked in dossier.linked.select_related("case"))]


def _write(party: Party, dossier: Dossier, by: User, at: datetime) -> Receipt:
    """Store the report that carries the code; nothing has to be triaged."""
    case = dossier.case
    county = County.objects.get(pk=case.county)
    entry = Entry(
        channel=Channel.PARTY,
        nature=Nature.HELP,
        text=_("Code of a party to the mediation %(number)s.") % {"number": dossier.number},
        region=case.region,
        reporter=party.name[:40],
    )
    report, secret = described(county, entry, by, at)
    report.status, report.case = Status.IN_CASE, case
    insert(report)
    said = {"county": report.county, "report": report, "case": case, "by": by, "at": at}
    insert(Decision(outcome=Outcome.JOINED, **said))
    return Receipt(report, secret)
