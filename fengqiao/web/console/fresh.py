"""The slip that a report just taken in leads to: this browser may show its secret once, without a write to the session.

The secret is never in what the browser keeps: it is derived anew from the form that brought the report.
"""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengqiao.intake import secret as secrets
from fengqiao.intake.models import Report

SLIP = "slip"


def keep(request: HttpRequest, response: HttpResponse, report: Report) -> None:
    """Let this browser, as long as it is signed in as it is now, show the slip with its secret for ten minutes."""
    value = signing.dumps(report.code, salt=_salt(request))
    _set(response, report, value, int(secrets.SHOWN_AGAIN_FOR.total_seconds()))


def secret_of(request: HttpRequest, report: Report, at: datetime) -> str:
    """Give the secret that this browser may show, or nothing; one that was replaced since is not shown."""
    try:
        code = signing.loads(request.COOKIES.get(SLIP, ""), salt=_salt(request), max_age=secrets.SHOWN_AGAIN_FOR)
    except signing.BadSignature:
        return ""
    secret = secrets.of_submission(report.submission)
    is_its = code == report.code and report.secret_digest == secrets.digest(report.code, secret)
    return secret if is_its and at < report.received_at + secrets.SHOWN_AGAIN_FOR else ""


def forget(response: HttpResponse, report: Report) -> None:
    """Take the leave to show it back: it was shown."""
    _set(response, report, "", 0)


def _salt(request: HttpRequest) -> str:
    return f"console.slip.{request.session.session_key}"


def _set(response: HttpResponse, report: Report, value: str, seconds: int) -> None:
    response.set_cookie(
        SLIP,
        value,
        max_age=seconds,
        path=reverse("console:received", args=[report.code]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
