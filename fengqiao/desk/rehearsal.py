"""Trying a step out: it is really taken, with every rule it meets, and taken back before anybody can see it."""

from collections.abc import Callable

from django.db import transaction

from fengqiao.kit.verdict import YES, Refused, Verdict


def rehearse(act: Callable[[], object]) -> Verdict:
    """Say whether an act would be taken now, and if not, why; nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Refused as refusal:
        return Verdict(False, str(refusal))
    return YES
