"""The times of a reception day: its hours cut into as many equal parts as there are places."""

from datetime import datetime, timedelta

from fengqiao.reception.models import ReceptionDay


def begins(day: ReceptionDay, slot: int) -> datetime:
    """Say when a slot begins, on a full minute."""
    whole = int((day.ends_at - day.begins_at).total_seconds()) // 60
    return day.begins_at + timedelta(minutes=whole * (slot - 1) // day.places)


def taken(day: ReceptionDay) -> set[int]:
    """Name the slots that somebody has."""
    return set(day.bookings.standing().values_list("slot", flat=True))


def free(day: ReceptionDay) -> list[int]:
    """List the slots that nobody has, the first of the day first."""
    held = taken(day)
    return [slot for slot in range(1, day.places + 1) if slot not in held]
