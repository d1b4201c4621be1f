"""Fill each paper from its dossier; the one place where models meet papers. Papers are Chinese in every language."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import override

from fengqiao.mediation import models, remedies
from fengqiao.mediation.papers import contents
from fengqiao.mediation.papers.administrative import of_road
from fengqiao.mediation.papers.people import CLOSED, Opened, parties_of
from fengqiao.mediation.vocabulary import Source
from fengqiao.people.models import Unit

in_chinese = override("zh-hans")


@in_chinese
def application(dossier: models.Dossier, *, identities: Opened = CLOSED) -> contents.Application:
    """What is asked for; signed and dated by the side that asks."""
    head = _head(dossier, dossier.opened_by, None, identities)
    return of_road(contents.Application, dossier.road)(**head, facts=dossier.facts, requests=dossier.wishes)


@in_chinese
def acceptance(dossier: models.Dossier) -> contents.Acceptance:
    """That the dispute was taken up, and where it came from."""
    is_applied_for = dossier.source == Source.APPLICATION
    return of_road(contents.Acceptance, dossier.road)(
        **_head(dossier, dossier.opened_by, dossier.begun_at),
        kind=dossier.get_type_display(),
        is_applied_for=is_applied_for,
        origin="" if is_applied_for else dossier.get_source_display(),
        facts=dossier.facts,
    )


@in_chinese
def rights(dossier: models.Dossier) -> contents.RightsNotice:
    """Rights and duties, to be signed by those who were told."""
    return of_road(contents.RightsNotice, dossier.road)(**_head(dossier, dossier.opened_by, None))


@in_chinese
def minutes(meeting: models.Meeting) -> contents.Minutes:
    """What was said and found at a meeting; facts not in dispute only if the parties agreed to record them."""
    guests = meeting.guests.select_related("invitation").order_by("invitation__at", "id")
    return of_road(contents.Minutes, meeting.dossier.road)(
        **_head(meeting.dossier, meeting.round.unit, meeting.held_at),
        held=_span(meeting.held_at or meeting.starts_at, meeting.ended_at),
        place=meeting.place or meeting.get_kind_display(),
        subject=meeting.subject or meeting.dossier.get_type_display(),
        others=tuple(f"{guest.invitation.name}（{guest.invitation.role}）" for guest in guests),
        mediators=(meeting.mediator.name,) if meeting.mediator else (),
        recorder=meeting.recorder,
        account=_with_absences(meeting),
        verified=meeting.verified,
        undisputed=meeting.undisputed if meeting.is_undisputed_agreed else "",
        concessions=meeting.concessions,
        outcome=meeting.result,
    )


@in_chinese
def agreement(made: models.Agreement, *, identities: Opened = CLOSED) -> contents.Agreement:
    """What was agreed in writing; one copy for each party and one for the committee (人民调解法 art. 29)."""
    head = _head(made.dossier, _present_unit(made.dossier), made.effective_at, identities)
    return of_road(contents.Agreement, made.dossier.road)(
        **head,
        facts=made.facts,
        content=made.content,
        items=_items(made),
        rest=remedies.rest_of(made),
        mediators=_mediators(made.dossier),
        copies=len(head["parties"]) + 1,
    )


@in_chinese
def oral(made: models.Agreement, *, identities: Opened = CLOSED) -> contents.OralAgreement:
    """What was agreed by word of mouth."""
    return contents.OralAgreement(
        **_head(made.dossier, _present_unit(made.dossier), made.effective_at, identities),
        facts=made.facts,
        content=made.content,
        items=_items(made),
        mediators=_mediators(made.dossier),
    )


@in_chinese
def termination(dossier: models.Dossier) -> contents.Termination:
    """That the mediation ended on a legal ground, and the roads that remain."""
    ground = "：".join(filter(None, (dossier.get_ground_display(), dossier.ground_words)))
    return of_road(contents.Termination, dossier.road)(
        **_head(dossier, _present_unit(dossier), dossier.ended_at),
        subject=dossier.get_type_display(),
        accepted_on=_day(dossier.begun_at or dossier.opened_at),
        ground=ground,
        remedies=remedies.of(dossier),
    )


@in_chinese
def followup(visit: models.FollowUp) -> contents.FollowUp:
    """What a visit found: whether the agreement is kept, whether people are content, what is new."""
    said = [visit.words]
    said += (
        ["协议履行：" + ("已按约定履行。" if visit.is_kept else "未按约定履行。")] if visit.is_kept is not None else []
    )
    said += (
        ["当事人是否满意：" + ("满意。" if visit.is_content else "不满意。")] if visit.is_content is not None else []
    )
    said += [f"新的情况：{visit.new_signs}"] if visit.new_signs else []
    return of_road(contents.FollowUp, visit.dossier.road)(
        **_head(visit.dossier, _present_unit(visit.dossier), visit.at),
        agreement=visit.dossier.number,
        reason=visit.reason,
        visited=_span(visit.at, None),
        way=f"回访{visit.party.name}" if visit.party else "",
        findings="\n".join(said),
        visitors=(str(visit.by),),
    )


@in_chinese
def slip(dossier: models.Dossier, made: models.Agreement | None) -> contents.Slip:
    """Our slip of four copies, of an agreement or of an end without one."""
    moment = made.effective_at if made else dossier.ended_at
    return contents.Slip(
        **_head(dossier, _present_unit(dossier), moment),
        kind=dossier.get_type_display(),
        facts=dossier.facts,
        outcome=f"达成{made.get_form_display()}协议" if made else dossier.get_ground_display() or "正在调解",
        items=_items(made) if made else (),
        mediators=_mediators(dossier),
    )


@in_chinese
def cover(dossier: models.Dossier) -> contents.Cover:
    """The front page; how long it is kept is written by hand, since no rule of the country says it."""
    names = [party.name for party in parties_of(dossier, on=_day(dossier.opened_at))]
    return of_road(contents.Cover, dossier.road)(
        committee=dossier.opened_by.name,
        number=dossier.number,
        title=f"{'、'.join(names)}{dossier.get_type_display()}",
        mediators=_mediators(dossier),
        begun=_day(dossier.begun_at or dossier.opened_at),
        ended=_day(dossier.ended_at) if dossier.ended_at else None,
    )


def _head(
    dossier: models.Dossier, unit: Unit, moment: datetime | None, identities: Opened | None = None
) -> dict[str, Any]:
    """Give what all papers of parties have; ages are counted on the day of the paper."""
    on = _day(moment or dossier.opened_at)
    return {
        "committee": unit.name,
        "number": dossier.number,
        "day": on if moment else None,
        "parties": parties_of(dossier, on=on, identities=identities),
    }


def _items(made: models.Agreement) -> tuple[contents.Item, ...]:
    return tuple(
        contents.Item(
            debtor=item.owes.name,
            creditor=item.to.name if item.to else "",
            duty=item.what,
            amount=item.amount,
            way=item.how,
            due=item.due_on or "即时履行",
        )
        for item in made.items.select_related("owes", "to").order_by("order")
    )


def _present_unit(dossier: models.Dossier) -> Unit:
    """Give who has the dossier now, or had it last."""
    return dossier.rounds.select_related("unit").latest("order").unit


def _mediators(dossier: models.Dossier) -> tuple[str, ...]:
    return (dossier.mediator.name,) if dossier.mediator else ()


def _with_absences(meeting: models.Meeting) -> str:
    """Begin the account with who was not there, and who spoke for whom."""
    said = []
    for seat in meeting.attendances.select_related("party").order_by("party__side", "party__joined_at", "id"):
        said += [f"{seat.party.name}未到场。"] if not seat.was_there else []
        said += [f"{seat.party.name}由{seat.through}代为参加。"] if seat.was_there and seat.through else []
    return "\n".join(filter(None, ("".join(said), meeting.statements)))


def _span(begun: datetime, ended: datetime | None) -> str:
    begun = localtime(begun)
    said = f"{begun.year}年{begun.month}月{begun.day}日{begun.hour}时{begun.minute}分"
    return f"{said}至{localtime(ended).hour}时{localtime(ended).minute}分" if ended else said


def _day(moment: datetime) -> date:
    return localdate(moment)
