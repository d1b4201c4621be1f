"""From the centre to the unit that must act: dispatch, the one objection, and the arbiter's word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Assist, Case, Objection, ObjectionReason, Stage
from fengqiao.cases.policy import standing
from fengqiao.cases.scope import OWN_UNIT
from fengqiao.cases.tiers import centre_outside
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.kit.holding import keep_from_ending
from fengqiao.kit.verdict import Refused
from fengqiao.kit.writing import delete
from fengqiao.people.models import Unit, User


def dispatch(case: Case, *, to: Unit, by: User, at: datetime, assist: Sequence[Unit] = (), note: str = "") -> Case:
    """Send a case to the unit that must handle it; the accept and handle clocks run from here."""
    facts: dict[str, Fact] = {"unit": str(to.pk), "unit_name": to.name, "assist": [unit.name for unit in assist]}
    with taking("dispatch", case, by=by, at=at, words=Words(note=note, facts=facts)) as case:
        must_be_fit(case, to, at)
        case.lead = to
        post, _verdict = standing(by, "dispatch", case, at)
        if post is not None and post.unit.kind == Unit.Kind.CENTRE:
            case.centre = post.unit
        delete(Assist, case=case.pk, round=case.round, unit=to.pk)  # asked before the case was raised: it leads now
        _ask_assistants(case, to, assist, at)
        deadlines.meet(case, Stage.DISPATCH, at)
        deadlines.start(case, Stage.ACCEPT, at)
        if deadlines.running(case, Stage.HANDLE) is None:  # it runs on in a case that was raised
            deadlines.start(case, Stage.HANDLE, at)
    return case


def ask_assistants(case: Case, *, assist: Sequence[Unit], by: User, at: datetime, note: str = "") -> Case:
    """Ask further units to help: the lead asks those seated in its own region, and the centre anybody at dispatch."""
    if not assist:
        raise Refused(_("Choose at least one unit."))
    facts: dict[str, Fact] = {"assist": [unit.name for unit in assist]}
    with taking("ask_assistants", case, by=by, at=at, words=Words(note=note, facts=facts)) as case:
        assert case.lead is not None  # the database keeps it: a case in handling has a lead
        for unit in assist:
            _must_be_near(case.lead, unit)
        _ask_assistants(case, case.lead, assist, at)
    return case


def object_to(case: Case, *, reason: ObjectionReason, basis: str, names: Unit, by: User, at: datetime) -> Case:
    """Record that the unit holds the case is not its own, on what ground, and whose it is."""
    facts: dict[str, Fact] = {"reason": str(reason), "basis": basis, "names": names.name}
    with taking("object", case, by=by, at=at, words=Words(note=basis, facts=facts)) as case:
        _must_be_free_to_object(case, names, at)
        _must_have_an_arbiter(case, names, at)
        assert case.lead is not None  # the database keeps it: a dispatched case has a lead
        Objection.objects.create(
            county=case.county,
            case=case,
            round=case.round,
            unit=case.lead,
            reason=reason,
            basis=basis,
            names_unit=names,
            by=by,
            at=at,
        )
        case.was_objected = True
        deadlines.meet(case, Stage.ACCEPT, at)
        deadlines.start(case, Stage.DESIGNATE, at)
    return case


def designate(case: Case, *, to: Unit, by: User, at: datetime, note: str = "") -> Case:
    """Decide on an objection: the unit designated has the case, and that binds. Handling time has not stopped."""
    facts: dict[str, Fact] = {"unit": str(to.pk), "unit_name": to.name}
    with taking("designate", case, by=by, at=at, words=Words(note=note, facts=facts)) as case:
        must_be_fit(case, to, at)
        case.objections.filter(round=case.round).update(designated=to, answered_at=at)
        case.lead = to
        case.assists.filter(unit=to, round=case.round).delete()  # it leads now
        case.was_designated = True
        deadlines.meet(case, Stage.DESIGNATE, at)
        deadlines.start(case, Stage.ACCEPT, at)
    return case


def must_be_fit(case: Case, to: Unit, at: datetime) -> None:
    """Refuse a unit that is closed, complained of, or has nobody who may see a restricted case."""
    to = keep_from_ending(Unit, to.pk)  # whoever closes it at this moment sees the case, or is seen here
    if not to.is_open_on(localdate(at)):
        raise Refused(_("%(unit)s no longer exists; choose the unit that took over its duties.") % {"unit": to})
    if to.pk == case.complained_unit_id:
        raise Refused(_("The unit complained of cannot handle the complaint."))
    if case.is_restricted and not _has_named_handler(case, to, at):
        raise Refused(_("This case is restricted: first name the person at %(unit)s who may see it.") % {"unit": to})


def _has_named_handler(case: Case, unit: Unit, at: datetime) -> bool:
    """Test if somebody named on the case handles or mediates for this unit."""
    handlers = unit.posts.held_on(localdate(at)).filter(role__in=OWN_UNIT)
    return case.named.filter(user__in=handlers.values("user")).exists()


def _ask_assistants(case: Case, lead: Unit, assist: Sequence[Unit], at: datetime) -> None:
    """Ask other units to help in this round; the lead does not assist itself."""
    for unit in assist:
        if unit.pk == lead.pk:
            raise Refused(_("%(unit)s leads; it cannot assist as well.") % {"unit": unit})
        must_be_fit(case, unit, at)
        _ask(case, unit, at)


def _ask(case: Case, unit: Unit, at: datetime) -> None:
    """Ask one unit, anew if its part was done; one that is at it stays at it."""
    asked: dict[str, Any] = {"county": case.county, "case": case, "unit": unit, "round": case.round}
    if Assist.objects.filter(**asked, done_at__isnull=True).exists():
        return
    accept_by = deadlines.due_after(case, Stage.ACCEPT, at)
    anew: dict[str, Any] = {"asked_at": at, "accept_by": accept_by, "accepted_at": None, "done_at": None}
    Assist.objects.update_or_create(**asked, defaults=anew)


def _must_be_near(lead: Unit, unit: Unit) -> None:
    """Refuse a unit seated outside the region of the lead: nobody gives work to a tier or a place not their own."""
    if not lead.region.covers(unit.region):
        said = _("%(unit)s is seated outside the region of %(lead)s: raise the case, or ask the centre to dispatch it.")
        raise Refused(said % {"unit": unit, "lead": lead})


def _must_be_free_to_object(case: Case, names: Unit, at: datetime) -> None:
    """Refuse a second objection, a late one, one by a designated unit, and one that names no other unit."""
    if case.was_designated:
        raise Refused(_("This unit was designated; that binds."))
    if case.was_objected:
        raise Refused(_("One objection a round; this case has had it."))
    clock = deadlines.running(case, Stage.ACCEPT)
    if clock is None or clock.is_overdue(at):
        raise Refused(_("The time to object is over: silence counts as acceptance."))
    if names.pk == case.lead_id:
        raise Refused(_("Name the unit that should have the case, not your own."))
    if not names.is_open_on(localdate(at)):
        raise Refused(_("%(unit)s no longer exists; choose the unit that took over its duties.") % {"unit": names})


def _must_have_an_arbiter(case: Case, names: Unit, at: datetime) -> None:
    """Refuse an objection that no centre outside it could answer: nobody stands above the highest one."""
    if centre_outside(case, {case.lead_id, names.pk}, at) is not None:
        return
    if case.lead_id == case.centre_id:
        raise Refused(
            _(
                "Your own centre sent this case, and no centre stands above it to decide on an objection. "
                "Accept it, and ask the unit whose duty it is to assist."
            )
        )
    raise Refused(
        _(
            "If %(unit)s is named, no centre is left above that could decide. "
            "Name another unit whose duty it is: then %(centre)s decides, and may designate any unit."
        )
        % {"unit": names, "centre": case.centre}
    )
