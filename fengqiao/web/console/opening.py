"""From the answers of the triage form to what a case is opened with."""

from typing import Any

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.people.models import Unit


def opening_from(answers: dict[str, Any], centre: Unit) -> Opening:
    """Read the codes of the form's choices."""
    return Opening(
        title=answers["title"],
        kind=Kind(answers["kind"]),
        nature=Nature(answers["nature"]),
        region=answers["region"],
        centre=centre,
        category=answers["category"],
        urgency=Urgency(answers["urgency"]),
        is_restricted=answers["is_restricted"],
        complained_unit=answers["complained_unit"],
    )
