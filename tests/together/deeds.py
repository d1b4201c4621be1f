"""What two hands may do to one case: every step of the table, each by whoever may take it in this scene."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta

from django.utils.timezone import localdate

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.transitions import (
    assigning,
    assisting,
    closing,
    correcting,
    delaying,
    dispatching,
    handling,
    mediating,
    naming,
    opening,
    raising,
    reopening,
    repointing,
    undoing,
    withdrawing,
)
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.transitions.correcting import Description
from fengqiao.cases.transitions.taking import Words, as_seen
from fengqiao.cases.vocabulary import AnswerChannel, Kind, Outcome, Solved, Urgency
from fengqiao.files.transitions.keeping import Enclosed, keep
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import handing_on, triaging
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.transitions.opening import ToAccept
from fengqiao.people.actors import Machine, Resident
from fengqiao.people.models import Unit, User
from tests import photos
from tests.together.world import Scene

Deed = Callable[[Scene], object]
OFTEN, SELDOM = 0.5, 0.2
PHOTO = photos.photo()
A_TIER = ToAccept(3, "test")  # the span of a tier of mediation


def on_the_page(scene: Scene) -> AbstractContextManager[object]:
    """Take half of the steps as the case page does: refused if a line was added since the case was read."""
    return as_seen(scene.case, scene.case.line_count) if scene.chance.random() < OFTEN else nullcontext()


def lead(scene: Scene) -> User:
    """Name who handles for the lead unit."""
    return scene.world.handler_of(scene.case.lead_id)


def helper(scene: Scene) -> User:
    """Name who handles for one of the assisting units."""
    asked = list(scene.case.assists.filter(round=scene.case.round).order_by("unit__code"))
    return scene.world.handler_of(scene.chance.choice(asked).unit_id if asked else scene.world.qing.east_office.pk)


def sender(scene: Scene) -> User:
    """Name who dispatches for the centre."""
    return scene.world.dispatcher_of(scene.case)


def arbiter(scene: Scene) -> User:
    """Name who supervises for the centre."""
    qing = scene.world.qing
    return qing.tang_supervises_above if scene.case.centre_id == qing.centre_above.pk else qing.wu_supervises


def bearer(scene: Scene) -> tuple[Report, Resident]:
    """Find a report of the case and whoever holds its secret."""
    reports = list(Report.objects.filter(case=scene.case).order_by("code"))
    if not reports:
        raise Refused("nobody holds a code of this case")
    report = scene.chance.choice(reports)
    return report, Resident(report.pk, scene.case.pk)


def another(scene: Scene, *besides: object) -> Unit:
    """Choose a unit of the county other than these."""
    return scene.chance.choice([unit for unit in scene.world.leads() if unit.pk not in besides])


def dispatch(scene: Scene) -> Case:
    qing, to = scene.world.qing, another(scene)
    helping = [unit for unit in (qing.east_office, qing.roads) if unit != to and scene.chance.random() < OFTEN]
    return dispatching.dispatch(scene.case, to=to, assist=helping, by=sender(scene), at=scene.at)


def object_to(scene: Scene) -> Case:
    named, basis = another(scene, scene.case.lead_id), "《城市供水条例》第二十七条"
    reason = ObjectionReason.NOT_OUR_DUTY
    return dispatching.object_to(scene.case, reason=reason, basis=basis, names=named, by=lead(scene), at=scene.at)


def designate(scene: Scene) -> Case:
    return dispatching.designate(scene.case, to=another(scene), by=arbiter(scene), at=scene.at)


def assign(scene: Scene) -> Case:
    to = lead(scene) if scene.chance.random() < OFTEN else None
    return assigning.assign(scene.case, to=to, by=lead(scene), at=scene.at)


def add_progress(scene: Scene) -> Case:
    by = lead(scene) if scene.chance.random() < OFTEN else helper(scene)
    return handling.add_progress(
        scene.case, public="已到现场", note="见照片", enclosed=_with_photo(scene, by), by=by, at=scene.at
    )


def add_note(scene: Scene) -> Case:
    by = scene.chance.choice([scene.world.qing.ma_clerks, sender(scene), lead(scene)])
    return handling.add_note(scene.case, note="与施工队联系", by=by, at=scene.at)


def undo_note(scene: Scene) -> Case:
    last = scene.case.log.order_by("-line")[0]
    return undoing.undo_note(scene.case, by=last.by or lead(scene), at=scene.at)


def ask_assistants(scene: Scene) -> Case:
    asked = [another(scene, scene.case.lead_id)]
    return dispatching.ask_assistants(scene.case, assist=asked, by=lead(scene), at=scene.at)


def ask_pause(scene: Scene) -> Case:
    until = localdate(scene.at) + timedelta(days=2)
    return delaying.ask_pause(scene.case, until=until, reason="等新水管", by=lead(scene), at=scene.at)


def ask_withdraw(scene: Scene) -> Case:
    report, by = bearer(scene)
    return withdrawing.ask_withdraw(scene.case, report=report.code, words="邻居修好了", by=by, at=scene.at)


def raise_up(scene: Scene) -> Case:
    by = lead(scene) if scene.case.lead_id else sender(scene)
    return raising.raise_up(scene.case, reason="主管网归市里管", by=by, at=scene.at)


def hand_on(scene: Scene) -> Case:
    by = lead(scene) if scene.case.lead_id else sender(scene)
    return handing_on.hand_on(scene.case, to=scene.world.bai.county, reason="水管在白县境内", by=by, at=scene.at)


def mediate(scene: Scene) -> Case:
    by = lead(scene) if scene.case.lead_id else sender(scene)
    return mediating.mediate(scene.case, to=another(scene, scene.case.lead_id), span=A_TIER, by=by, at=scene.at)


def mediation(scene: Scene) -> Case:
    return mediating.write_down(scene.case, Words(note="双方到场"), by=lead(scene), at=scene.at)


def escalate(scene: Scene) -> Case:
    to = another(scene, scene.case.lead_id)
    return mediating.escalate(scene.case, to=to, span=A_TIER, reason="镇里请县里调", by=lead(scene), at=scene.at)


def send_back(scene: Scene) -> Case:
    to = another(scene, scene.case.lead_id)
    return mediating.send_back(scene.case, to=to, span=A_TIER, help_given="已派律师", by=lead(scene), at=scene.at)


def settle(scene: Scene) -> Case:
    outcome = scene.chance.choice(mediating.ENDS)
    return mediating.settle(scene.case, outcome=outcome, public_reply="已达成协议", by=lead(scene), at=scene.at)


def conclude(scene: Scene) -> Case:
    outcome = scene.chance.choice([Outcome.SOLVED, Outcome.ANSWERED, Outcome.WITHDRAWN, Outcome.CANNOT_NOW])
    return handling.conclude(
        scene.case, outcome=outcome, public_reply="已修好", further="年内完成", by=lead(scene), at=scene.at
    )


def evaluate(scene: Scene) -> Case:
    report, by = bearer(scene)
    answer = Answer(solved=_heard(scene), words="水还是没来", report=report.pk)
    return closing.evaluate(scene.case, answer, by=by, at=scene.at)


def evaluate_by_call(scene: Scene) -> Case:
    answer = Answer(solved=_heard(scene), channel=AnswerChannel.CALL)
    return closing.evaluate(scene.case, answer, by=scene.world.qing.ma_clerks, at=scene.at)


def ask_reopen(scene: Scene) -> Case:
    return reopening.ask_reopen(scene.case, words="又停水了", by=bearer(scene)[1], at=scene.at)


def reopen(scene: Scene) -> Case:
    return reopening.reopen(scene.case, by=sender(scene), at=scene.at)


def refuse_reopen(scene: Scene) -> Case:
    return reopening.refuse_reopen(scene.case, reason="已复核", other_road="可申请复查", by=sender(scene), at=scene.at)


def repoint(scene: Scene) -> Case:
    to = scene.chance.choice([scene.world.qing.willow, scene.world.qing.west])
    return repointing.to_place(scene.case, to, by=Machine("test"), at=scene.at)


def revisit(scene: Scene) -> Case:
    channel, by = AnswerChannel.CALL, scene.world.qing.ma_clerks
    return closing.revisit(scene.case, solved=_heard(scene), channel=channel, words="听说", by=by, at=scene.at)


def correct(scene: Scene) -> Case:
    qing, case = scene.world.qing, scene.case
    where = scene.chance.choice([qing.willow, qing.west, scene.place])
    what = Description(kind=Kind(case.kind), urgency=scene.chance.choice(list(Urgency)), category=None, region=where)
    return correcting.correct(case, what, reason="在西镇", by=qing.ma_clerks, at=scene.at)


def name_viewer(scene: Scene) -> Case:
    qing = scene.world.qing
    person = scene.chance.choice([qing.zhou_clerks, qing.liu_handles_water, qing.tang_supervises_above])
    return opening.name_viewer(scene.case, person, reason="经办", by=qing.ma_clerks, at=scene.at)


def unname_viewer(scene: Scene) -> Case:
    qing = scene.world.qing
    person = scene.chance.choice([qing.zhou_clerks, qing.zhao_handles_roads, qing.chen_dispatches])
    return naming.unname_viewer(scene.case, person, reason="已调离", by=qing.ma_clerks, at=scene.at)


def _heard(scene: Scene) -> Solved:
    return scene.chance.choice([Solved.YES, Solved.NO, Solved.PARTLY])


def _with_photo(scene: Scene, by: User) -> Enclosed | None:
    """Now and then a photo goes along, in the basket of the form that both hands may send."""
    if scene.chance.random() >= SELDOM:
        return None
    keep(photos.given(PHOTO), scene.form, county=scene.case.county, by=by, at=scene.at)
    return Enclosed(scene.form, for_resident=True)


# Taken on the page of a report, which is held before the case; no page of the case takes it.
ON_ANOTHER_PAGE = {"join"}

# Every step of fengqiao/cases/workflow.py:STEPS but "open", which begins with a report.
ON_A_CASE: dict[str, Deed] = {
    "join": lambda s: triaging.join(s.report, s.case, by=s.world.qing.ma_clerks, at=s.at),
    "name_viewer": name_viewer,
    "unname_viewer": unname_viewer,
    "correct": correct,
    "dispatch": dispatch,
    "object": object_to,
    "designate": designate,
    "accept": lambda s: handling.accept(s.case, by=lead(s), at=s.at),
    "assign": assign,
    "accept_assist": lambda s: assisting.accept_assist(s.case, by=helper(s), at=s.at),
    "finish_assist": lambda s: assisting.finish_assist(s.case, note="已完成", by=helper(s), at=s.at),
    "add_progress": add_progress,
    "add_note": add_note,
    "undo_note": undo_note,
    "supervise": lambda s: handling.supervise(s.case, note="请今日到场", by=s.world.qing.wu_supervises, at=s.at),
    "ask_assistants": ask_assistants,
    "ask_extension": lambda s: delaying.ask_extension(s.case, more=1, reason="等新水管", by=lead(s), at=s.at),
    "ask_pause": ask_pause,
    "approve_delay": lambda s: delaying.approve_delay(s.case, by=s.world.qing.wu_supervises, at=s.at),
    "refuse_delay": lambda s: delaying.refuse_delay(s.case, reason="不必", by=s.world.qing.wu_supervises, at=s.at),
    "resume": lambda s: delaying.resume(s.case, by=lead(s), at=s.at),
    "ask_withdraw": ask_withdraw,
    "raise_up": raise_up,
    "hand_on": hand_on,
    "mediate": mediate,
    "mediation": mediation,
    "escalate": escalate,
    "send_back": send_back,
    "settle": settle,
    "conclude": conclude,
    "evaluate": evaluate,
    "ask_reopen": ask_reopen,
    "reopen": reopen,
    "refuse_reopen": refuse_reopen,
    "archive": lambda s: closing.archive(s.case, by=sender(s), at=s.at),
    "plan_revisit": lambda s: closing.plan_revisit(s.case, by=Machine("test"), at=s.at),
    "repoint": repoint,
    "revisit": revisit,
}


def step(verb: str) -> Deed:
    """Give a step as somebody takes it: half of the time from a page that remembers what it showed."""

    def take(scene: Scene) -> object:
        with nullcontext() if verb in ON_ANOTHER_PAGE else on_the_page(scene):
            return ON_A_CASE[verb](scene)

    return take
