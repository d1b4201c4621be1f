"""The words of a script up to triage: one real transition each."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from fengqiao.cases.models import Category
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.intake.transitions import own_data, receiving, triaging
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, DeclineReason
from fengqiao.playbooks.demo.reading import Script
from fengqiao.playbooks.demo.scene import Said, Scene

BY_HAND = {Channel.PHONE, Channel.WINDOW, Channel.LETTER, Channel.GRID}  # a member of staff writes these down


def receive(scene: Scene, said: Said, at: datetime) -> None:
    """Bring the report in; the number within the script makes the form one that cannot be sent twice."""
    script, region = scene.script, scene.stage.region(scene.script.place)
    channel = Channel(said.get("channel", script.channel))
    usual = script.by or "chen.clerk"
    entry = Entry(
        channel=channel,
        nature=Nature(script.nature),
        text=said.get("text", script.text),
        region=region,
        title=script.title,
        place=script.where,
        reporter=said.get("reporter", script.reporter),
        phone=said.get("phone", script.phone),
        submission=submission(script, scene.reports),
    )
    by = scene.stage.users[usual if channel == Channel.GRID else "chen.clerk"] if channel in BY_HAND else None
    receipt = receiving.receive(scene.stage.county, entry, by=by, at=at)
    scene.reports += 1
    if scene.report_id is None:
        scene.report_id, scene.secret = receipt.report.pk, receipt.secret
    else:
        triaging.join(receipt.report, scene.case, by=scene.who(said, "chen.clerk"), at=at)


def submission(script: Script, number: int) -> UUID:
    """Name the form by which a report of a script comes in."""
    return uuid5(NAMESPACE_URL, f"fengqiao demonstration {script.key} {number}")


def withdraw(scene: Scene, said: Said, at: datetime) -> None:
    """Take the report back, as the resident."""
    own_data.withdraw(scene.report, by=scene.resident, at=at)


def decline(scene: Scene, said: Said, at: datetime) -> None:
    """Decline the report."""
    reason, by = DeclineReason(said["reason"]), scene.who(said, "chen.clerk")
    triaging.decline(scene.report, reason=reason, route=said["route"], by=by, at=at)


def ask_review(scene: Scene, said: Said, at: datetime) -> None:
    """Have the refusal looked at again."""
    triaging.ask_review(scene.report, by=scene.resident, at=at)


def uphold(scene: Scene, said: Said, at: datetime) -> None:
    """Confirm the refusal, as another clerk."""
    triaging.uphold(scene.report, route=said["route"], by=scene.who(said, "ma.clerk"), at=at)


def overturn(scene: Scene, said: Said, at: datetime) -> None:
    """Take the report up after all, as another clerk."""
    triaging.overturn(scene.report, by=scene.who(said, "ma.clerk"), at=at)


def open_case(scene: Scene, said: Said, at: datetime) -> None:
    """Open a case for the report."""
    script, stage = scene.script, scene.stage
    complained = said.get("complained")
    what = Opening(
        title=script.title,
        kind=Kind(said["kind"]),
        nature=Nature(script.nature),
        region=stage.region(script.place),
        centre=stage.units["centre"],
        category=Category.objects.get(county=stage.county.code, code=said["category"]),
        urgency=Urgency(script.urgency),
        is_restricted=said.get("restricted", False),
        complained_unit=stage.units[complained] if complained else None,
    )
    scene.case_id = triaging.open_case(scene.report, what, by=scene.who(said, "chen.clerk"), at=at).pk
