"""Who may take which step. One line per verb; the reasons are shown to people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.scope import OWN_UNIT, held_posts
from fengqiao.cases.vocabulary import Kind
from fengqiao.cases.workflow import MAY_BE_TAKEN_BACK
from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people.actors import Actor, Machine, Resident
from fengqiao.people.models import Post, Role, Unit, User

TAKES: dict[str, frozenset[Role]] = {
    "open": frozenset({Role.CLERK, Role.DISPATCHER, Role.MEDIATOR}),
    "join": frozenset({Role.CLERK, Role.DISPATCHER}),
    "name_viewer": frozenset({Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR}),
    "unname_viewer": frozenset({Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR}),
    "correct": frozenset({Role.CLERK, Role.DISPATCHER}),
    "dispatch": frozenset({Role.DISPATCHER}),
    "object": frozenset({Role.HANDLER}),
    "designate": frozenset({Role.SUPERVISOR}),
    "accept": frozenset({Role.HANDLER}),
    "assign": frozenset({Role.HANDLER}),
    "accept_assist": frozenset({Role.HANDLER}),
    "finish_assist": frozenset({Role.HANDLER}),
    "add_progress": frozenset({Role.HANDLER, Role.GRID_WORKER}),
    "add_note": frozenset({Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.HANDLER, Role.MEDIATOR}),
    "undo_note": frozenset(
        {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.HANDLER, Role.MEDIATOR, Role.GRID_WORKER}
    ),
    "supervise": frozenset({Role.SUPERVISOR}),
    "ask_assistants": frozenset({Role.HANDLER}),
    "ask_extension": frozenset({Role.HANDLER}),
    "ask_pause": frozenset({Role.HANDLER}),
    "approve_delay": frozenset({Role.SUPERVISOR}),
    "refuse_delay": frozenset({Role.SUPERVISOR}),
    "resume": frozenset({Role.HANDLER, Role.SUPERVISOR}),
    "ask_withdraw": frozenset({Role.CLERK}),
    "raise_up": frozenset({Role.DISPATCHER, Role.HANDLER}),
    "hand_on": frozenset({Role.CLERK, Role.DISPATCHER, Role.HANDLER}),
    "mediate": frozenset({Role.DISPATCHER, Role.HANDLER, Role.MEDIATOR}),
    "mediation": frozenset({Role.MEDIATOR, Role.HANDLER}),
    "escalate": frozenset({Role.MEDIATOR, Role.HANDLER}),
    "send_back": frozenset({Role.MEDIATOR, Role.HANDLER}),
    "settle": frozenset({Role.MEDIATOR, Role.HANDLER}),
    "conclude": frozenset({Role.HANDLER}),
    "evaluate": frozenset({Role.CLERK}),
    "ask_reopen": frozenset({Role.CLERK}),
    "reopen": frozenset({Role.DISPATCHER}),
    "refuse_reopen": frozenset({Role.DISPATCHER}),
    "archive": frozenset({Role.DISPATCHER}),
    "plan_revisit": frozenset(),
    "repoint": frozenset(),
    "revisit": frozenset({Role.CLERK}),
}
BY_RESIDENT = frozenset({"evaluate", "ask_reopen", "ask_withdraw", "mediation"})
BY_RULE = frozenset({"accept", "accept_assist", "archive", "reopen", "plan_revisit", "repoint", "mediation"})
# Nobody answers for the resident, approves or decides where their own unit is the one in question.
NOT_FOR_ONES_OWN_UNIT = frozenset(
    {"evaluate", "ask_reopen", "ask_withdraw", "revisit", "reopen", "refuse_reopen", "approve_delay", "refuse_delay"}
)
# A centre does these with what waits for its dispatch; once raised, only the tier above does.
AT_DISPATCH = frozenset({"dispatch", "raise_up", "hand_on", "mediate"})
# A committee takes in what its people are asked to mediate (人民调解法 art. 17).
BEGINS_A_DISPUTE = frozenset({"open", "mediate"})
BY_ASSISTANTS_TOO = frozenset({"add_progress", "add_note"})
BY_ASSISTANTS_ONLY = frozenset({"accept_assist", "finish_assist"})


def may(actor: Actor, verb: str, case: Case, at: datetime) -> Verdict:
    """Say whether this actor may take this step on this case, and if not, why."""
    return standing(actor, verb, case, at)[1]


def standing(actor: Actor, verb: str, case: Case, at: datetime) -> tuple[Post | None, Verdict]:
    """Judge an actor, and find the post by which a member of staff would act."""
    if isinstance(actor, Machine):
        return None, YES if verb in BY_RULE else Verdict(False, _("No rule takes this step by itself."))
    if isinstance(actor, Resident):
        return None, _resident_may(actor, verb, case)
    return _by_posts(held_posts(actor, at), verb, case, may_look(actor, case, at))


def verdicts(user: User, verbs: Iterable[str], case: Case, at: datetime) -> dict[str, Verdict]:
    """Judge several steps at once, fetching this user's posts a single time."""
    posts = held_posts(user, at)
    looks = may_look(user, case, at)
    return {verb: _by_posts(posts, verb, case, looks)[1] for verb in verbs}


def takeable(user: User, verbs: Iterable[str], cases: Iterable[Case], at: datetime) -> dict[UUID, set[str]]:
    """Say for each case within this user's sight which steps they may take; their posts are fetched a single time."""
    posts, verbs = held_posts(user, at), list(verbs)
    return {case.pk: {verb for verb in verbs if _by_posts(posts, verb, case, looks=True)[1]} for case in cases}


def _resident_may(resident: Resident, verb: str, case: Case) -> Verdict:
    """Judge a resident: only their own matter, and only what is theirs to do."""
    if verb not in BY_RESIDENT or resident.case != case.pk:
        return Verdict(False, _("This step is taken by staff."))
    return YES


def _by_posts(held: list[Post], verb: str, case: Case, looks: bool) -> tuple[Post | None, Verdict]:
    """Go through the posts held: the first that fits decides, else the nearest reason is given.

    `looks` says whether the case exists for this user at all.
    """
    posts = [post for post in held if post.role in TAKES[verb]]
    if not posts:
        return None, Verdict(False, _("Your post does not take this step."))
    if not looks:
        return None, Verdict(False, _("This case is restricted to the people named on it."))
    if verb in NOT_FOR_ONES_OWN_UNIT and case.lead_id in {post.unit_id for post in held}:
        return None, Verdict(False, _("Nobody answers or decides for their own unit; someone outside it must."))
    verdict = Verdict(False)
    for post in posts:
        verdict = _fits(post, verb, case)
        if verdict:
            return post, verdict
    return None, verdict


def may_look(user: User, case: Case, at: datetime) -> bool:
    """Test if a restricted case names this user; any case if it is not restricted."""
    return not case.is_restricted or Case.objects.filter(pk=case.pk).visible_to(user, at).exists()


def _fits(post: Post, verb: str, case: Case) -> Verdict:
    """Judge one post by its area or its unit."""
    if verb == "designate":
        return _arbitrates(post, case)
    if verb == "undo_note":
        return _wrote_last(post, case)
    if post.role == Role.MEDIATOR and verb in BEGINS_A_DISPUTE:
        return _begins(post, case)
    if post.role in OWN_UNIT:
        return _holds(post, verb, case)
    if not _covers(post, case):
        return Verdict(False, _("This case is outside the area you answer for."))
    return _dispatches(post, verb, case) if verb in AT_DISPATCH else YES


def _dispatches(post: Post, verb: str, case: Case) -> Verdict:
    """Judge whoever sends on for a centre: not what a unit leads, nor what was raised over the centre's head."""
    if verb != "dispatch" and case.lead_id is not None:
        return Verdict(False, _("This case is in another unit's hands."))
    if post.unit_id == case.centre_id:  # mostly; so where a centre sits is not read with each case
        return YES
    is_below = post.seat.path.startswith(f"{case.centre.region.path}.")
    if is_below and case.raises.filter(round=case.round).exists():
        return Verdict(False, _("It was raised: %(centre)s decides who acts.") % {"centre": case.centre})
    return YES


def _begins(post: Post, case: Case) -> Verdict:
    """Judge a mediator who takes in a matter: a dispute of their own area that nobody has yet."""
    if case.kind != Kind.DISPUTE:
        return Verdict(False, _("Only a dispute can be mediated."))
    if not _covers(post, case):
        return Verdict(False, _("This case is outside the area you answer for."))
    return YES if case.lead_id is None else Verdict(False, _("This case is in another unit's hands."))


def _holds(post: Post, verb: str, case: Case) -> Verdict:
    """Judge a handler: the lead unit acts, an assisting one adds progress and answers for its own part."""
    if verb in BY_ASSISTANTS_ONLY:
        return _assists(post, verb, case)
    if case.lead_id == post.unit_id:
        return YES
    if verb in BY_ASSISTANTS_TOO and case.assists.filter(unit=post.unit_id, round=case.round).exists():
        return YES
    return Verdict(False, _("This case is in another unit's hands."))


def _assists(post: Post, verb: str, case: Case) -> Verdict:
    """Judge an assisting unit: it accepts once, and its part is done once."""
    asked = case.assists.filter(unit=post.unit_id, round=case.round).first()
    if asked is None:
        return Verdict(False, _("Your unit is not asked to assist."))
    if asked.done_at is not None:
        return Verdict(False, _("Your unit has said already that its part is done."))
    if verb == "accept_assist" and asked.accepted_at is not None:
        return Verdict(False, _("Your unit has accepted already."))
    return YES


def _wrote_last(post: Post, case: Case) -> Verdict:
    """Judge who takes a note back: whoever wrote it, by the same post, as long as nothing came after it."""
    last = case.log.filter(line=case.line_count, verb__in=MAY_BE_TAKEN_BACK)
    if last.filter(by=post.user_id, unit=post.unit_id).exists():
        return YES
    return Verdict(False, _("Only your own note can be taken back, and only while it is the last line of the case."))


def _covers(post: Post, case: Case) -> bool:
    """Test if the case lies in the area of the post."""
    return f"{case.path}.".startswith(f"{post.region.path}.")


def _arbitrates(post: Post, case: Case) -> Verdict:
    """Judge an arbiter: of the dispatching centre, or of one above it if that centre is itself a party."""
    centre = case.centre
    above = post.unit.kind == Unit.Kind.CENTRE and centre.region.path.startswith(f"{post.region.path}.")
    if _is_party(centre, case):
        return YES if above else Verdict(False, _("The centre is itself a party: the centre above it decides."))
    if above or post.unit_id == centre.pk:
        return YES
    return Verdict(False, _("The supervisor of the dispatching centre decides on objections."))


def _is_party(unit: Unit, case: Case) -> bool:
    """Test if a unit is the one that objects, or the one it names."""
    standing = case.objections.filter(round=case.round).first()
    return case.lead_id == unit.pk or (standing is not None and standing.names_unit_id == unit.pk)
