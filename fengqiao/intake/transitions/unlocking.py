"""Proving by code and secret that a report is one's own; five wrong tries, then a pause."""

from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.intake import secret as secrets
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.actors import Resident
from fengqiao.people.models import User


class WrongSecret(Refused):
    """The secret does not fit; the message says how many tries are left, or until when to wait."""


def unlock(report: Report, secret: str, *, at: datetime) -> Resident:
    """Prove a resident by the secret of their report. The count of wrong tries outlives the refusal."""
    with transaction.atomic():
        report = hold(Report, report.pk)
        fault = _try(report, secret, at)
        report.save(update_fields=["secret_tries", "secret_paused_until"])
    if fault:
        raise WrongSecret(fault)
    return Resident(report.pk, report.case_id)


def reissue_secret(report: Report, *, by: User, at: datetime) -> str:
    """Give a report a new secret at a window, to someone whose identity the clerk has checked."""
    with transaction.atomic():
        report = hold(Report, report.pk)
        require(may(by, "reissue_secret", report, at))
        secret = secrets.draw()
        report.secret_digest = secrets.digest(report.code, secret)
        report.secret_tries, report.secret_paused_until = 0, None
        report.save(update_fields=["secret_digest", "secret_tries", "secret_paused_until"])
    return secret


def _try(report: Report, secret: str, at: datetime) -> str:
    """Compare and count; return what is wrong in words, or nothing."""
    if report.secret_paused_until and at < report.secret_paused_until:
        return _("Too many wrong tries. Please wait a quarter of an hour, or ask at a service window.")
    if compare_digest(report.secret_digest, secrets.digest(report.code, secret)):
        report.secret_tries, report.secret_paused_until = 0, None
        return ""
    report.secret_tries += 1
    if report.secret_tries >= secrets.TRIES:
        report.secret_tries, report.secret_paused_until = 0, at + secrets.PAUSE
        return _("Too many wrong tries. Please wait a quarter of an hour, or ask at a service window.")
    left = secrets.TRIES - report.secret_tries
    return _("This secret does not fit the code. Tries left: %(left)s.") % {"left": left}
