"""The numbers of dossiers and papers: one sequence for each unit and year, without gaps."""

from typing import Any

from django.db import IntegrityError, transaction

from fengqiao.mediation.models import Committee, Serial
from fengqiao.people.models import Unit


def next_serial(unit: Unit, year: int) -> int:
    """Take the next number of a unit in a year; called inside the step that uses it up."""
    which: dict[str, Any] = {"county": unit.county, "unit": unit, "year": year}
    try:
        with transaction.atomic():
            Serial.objects.get_or_create(**which)
    except IntegrityError:  # another hand made it at this moment
        pass
    serial = Serial.objects.select_for_update().get(**which)
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last


def tag_of(unit: Unit) -> str:
    """Give the sign a unit puts into its numbers; one that is in no register uses the first signs of its name."""
    committee = Committee.objects.filter(unit=unit).first()
    return committee.tag if committee else f"{(unit.short_name or unit.name)[:6]}调"
