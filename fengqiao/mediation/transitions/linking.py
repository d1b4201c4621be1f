"""Both sides filed: another case of the same dispute comes to the table, and whoever filed it is a party by it."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import mediating
from fengqiao.cases.transitions.taking import Fact, Words, held
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, LinkedCase, Party
from fengqiao.mediation.transitions import joining
from fengqiao.mediation.transitions.acting import acting, both_held, present_round
from fengqiao.mediation.workflow import RUNNING
from fengqiao.people.models import User


def link(dossier: Dossier, other: Case, *, filed_by: Party | None = None, by: User, at: datetime) -> LinkedCase:
    """Take another case of the same dispute into the dossier; from here on both end together.

    The party that filed it follows the dossier by the code and secret of its own report.
    """
    if (own := Dossier.objects.filter(case=other, stand__in=RUNNING).select_related("case").first()) is not None:
        return _take_in(dossier, own, filed_by, by, at)
    with acting("link", dossier, by=by, at=at, words=Words(facts={"other": other.number})) as dossier:
        _must_be_another_of_this_county(dossier, other)
        with held(other) as other:
            _must_be_free(other)
            _mediate_along(dossier, other, by, at)
            if filed_by is not None:
                _give_the_key(dossier, other, filed_by)
            return LinkedCase.objects.create(county=dossier.county, dossier=dossier, case=other, at=at)


def _take_in(dossier: Dossier, own: Dossier, filed_by: Party | None, by: User, at: datetime) -> LinkedCase:
    """Let two dossiers of the same unit go on as one."""
    _must_be_another_of_this_county(dossier, own.case)
    if own.case.lead_id != dossier.case.lead_id:
        raise Refused(_("Another unit mediates that case: ask it to mediate together."))
    with both_held(dossier, own):
        facts: dict[str, Fact] = {"other": own.case.number}
        with acting("link", dossier, by=by, at=at, words=Words(facts=facts)) as dossier:
            linked = joining.join(dossier, own, by=by, at=at)
            if filed_by is not None:
                filed_by.refresh_from_db()
                _give_the_key(dossier, own.case, filed_by)
    return linked


def _mediate_along(dossier: Dossier, other: Case, by: User, at: datetime) -> None:
    """Let the same unit mediate the other case, with the clock of its tier, which stands still if the first does."""
    running = present_round(dossier)
    words = Words(facts={"tier": running.tier.name, "dossier": dossier.number})
    mediating.mediate(other, to=running.unit, span=running.tier, by=by, at=at, words=words)
    joining.stand_still_along(dossier, other, by=by, at=at)


def _give_the_key(dossier: Dossier, other: Case, party: Party) -> None:
    """Let a party without a channel of its own come by the report it filed."""
    if party.dossier_id != dossier.pk or party.left_at is not None:
        raise Refused(_("%(party)s is not in this dispute.") % {"party": party})
    report = other.reports.order_by("received_at", "id").first()
    if report is not None and party.report is None:
        party.report = report.pk
        party.save(update_fields=["report"])


def _must_be_another_of_this_county(dossier: Dossier, other: Case) -> None:
    """Refuse the case of the dossier itself, and one of another county."""
    if other.pk == dossier.case_id:
        raise Refused(_("This is the case of the dossier itself."))
    if other.county != dossier.county:
        raise Refused(_("That case lies in another county."))


def _must_be_free(other: Case) -> None:
    """Refuse a case that belongs to a dossier already."""
    if Dossier.objects.filter(case=other).exists() or LinkedCase.objects.filter(case=other).exists():
        raise Refused(_("This case has a dossier already."))
