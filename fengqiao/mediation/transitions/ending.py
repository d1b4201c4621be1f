"""A mediation ends without agreement: on which ground, and which other roads stay open (人民调解法 art. 26)."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Stage
from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.cases.vocabulary import Outcome
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import remedies as roads
from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting, present_round
from fengqiao.mediation.transitions.settling import settle_all
from fengqiao.mediation.vocabulary import Ground
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import User

BY_A_PARTY = (Ground.REFUSED, Ground.NOT_SIGNED)  # somebody said no, or did not sign


def end(dossier: Dossier, ground: Ground, words: str, *, remedies: str = "", by: User, at: datetime) -> Dossier:
    """End a mediation without agreement; the other remedies are named, the usual ones of its type if none are given."""
    facts: dict[str, Fact] = {"ground": str(ground)}
    with acting("end", dossier, by=by, at=at, words=Words(note=words, facts=facts)) as dossier:
        _must_be_the_ground(dossier, ground, at)
        if not words.strip():
            raise Refused(_("Say why the mediation ends."))
        voiding.void_draft(dossier, at)
        voiding.call_off_what_is_planned(dossier, at)
        dossier.ground, dossier.ground_words, dossier.ended_at = ground, words.strip(), at
        dossier.remedies, dossier.usual_roads = remedies.strip(), not remedies.strip()
        _give_the_reason(present_round(dossier), dossier)
        outcome = Outcome.WITHDRAWN if ground == Ground.SELF_SETTLED else Outcome.NOT_SETTLED
        settle_all(dossier, outcome=outcome, public_reply=_reply(dossier), by=by, at=at)
    return dossier


def grounds_of(dossier: Dossier, at: datetime) -> list[Ground]:
    """List the grounds on which this mediation may end now."""
    return [ground for ground in Ground if not _why_not(dossier, ground, at)]


def _must_be_the_ground(dossier: Dossier, ground: Ground, at: datetime) -> None:
    if said := _why_not(dossier, ground, at):
        raise Refused(said)


def _why_not(dossier: Dossier, ground: Ground, at: datetime) -> str:
    """Say why a ground does not fit where the dossier stands; empty if it fits."""
    if dossier.stand == Stand.REFUSED and ground not in BY_A_PARTY:
        return _("A party has refused: the mediation ends on that ground.")
    if ground == Ground.REFUSED and dossier.stand != Stand.REFUSED:
        return _("No party has refused; record the refusal first.")
    if ground == Ground.NOT_SIGNED and not dossier.agreements.exists():
        return _("There was no agreement to sign.")
    clock = deadlines.running(dossier.case, Stage.MEDIATE)
    if ground == Ground.TIME_OVER and clock is not None and clock.due_at > at:
        return _("The time of this tier is not over yet.")
    return ""


def _give_the_reason(present: TierRound, dossier: Dossier) -> None:
    """Let the round that ends say why, for whoever reads the rounds one by one."""
    present.reason = dossier.ground_words
    present.save(update_fields=["reason"])


def _reply(dossier: Dossier) -> str:
    """Tell whoever follows the case that it has ended and which roads stay open; the words of the file stay there."""
    if dossier.ground == Ground.SELF_SETTLED:
        said = _("The mediation has ended: the parties settled by themselves. If it is not kept: %(remedies)s")
    else:
        said = _("The mediation has ended without agreement: %(ground)s. Other roads: %(remedies)s")
    return said % {"ground": dossier.get_ground_display(), "remedies": roads.of(dossier)}
