"""What a resident's own browser keeps for a short while: a fresh secret to show, and the proof that one was given."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengqiao.intake.models import Report

FRESH_SECONDS = 15 * 60
OPEN_SECONDS = 30 * 60
RECEIPT = "receipt"
OPENED = "opened"


def keep_receipt(response: HttpResponse, report: Report, secret: str) -> None:
    """Let this browser show the secret on its receipt for a quarter of an hour; no address ever holds it."""
    _keep(response, RECEIPT, [report.code, secret], FRESH_SECONDS, reverse("resident:receipt", args=[report.code]))


def fresh_secret(request: HttpRequest, code: str) -> str:
    """Give the secret that this browser was just handed for this code, or nothing."""
    kept = _read(request, RECEIPT, FRESH_SECONDS)
    return kept[1] if kept and kept[0] == code else ""


def open_up(response: HttpResponse, report: Report) -> None:
    """Remember in this browser, for half an hour, that the secret of this report was given."""
    _keep(response, OPENED, [report.code, report.secret_digest[:16]], OPEN_SECONDS, _track(report.code))


def is_opened(request: HttpRequest, report: Report) -> bool:
    """Test if this browser gave the secret a short while ago, and the secret was not replaced since."""
    return _read(request, OPENED, OPEN_SECONDS) == [report.code, report.secret_digest[:16]]


def close(response: HttpResponse, code: str) -> None:
    """Forget on this device, which may be a shared one."""
    response.delete_cookie(OPENED, path=_track(code))


def _track(code: str) -> str:
    return reverse("resident:track", args=[code])


def _keep(response: HttpResponse, name: str, value: list[str], seconds: int, path: str) -> None:
    response.set_cookie(
        name,
        signing.dumps(value, salt=f"resident.{name}"),
        max_age=seconds,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _read(request: HttpRequest, name: str, seconds: int) -> list[str] | None:
    try:
        value: list[str] = signing.loads(request.COOKIES.get(name, ""), salt=f"resident.{name}", max_age=seconds)
    except signing.BadSignature:
        return None
    return value
