"""The files that travel with a form: taken in with whatever button is pressed, shown with it, lost by none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from fengqiao.files.models import Attachment
from fengqiao.files.transitions.keeping import Given, drop, keep
from fengqiao.files.vocabulary import MEGABYTE, MOST_FILES, PAPER_LIMIT
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.web.shared.bounded import passed_by
from fengqiao.web.shared.parts import Attached

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx"
Address = Callable[[Attachment], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """The place for files on a form: those that wait already, and what was wrong with others."""

    basket: UUID
    files: list[Attached]
    faults: list[str]
    begin: str  # where the page's script announces a file
    most: int = MOST_FILES
    accepted: str = ACCEPTED


def basket_of(typed: str) -> UUID:
    """Read which basket a form carries; nonsense counts as none, and a new one is drawn."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def take_in(request: HttpRequest, basket: UUID, *, county: str, by: User | None, at: datetime) -> list[str]:
    """Take in the files sent along with a form, and out the one whose button was pressed; say what went wrong."""
    if dropped := request.POST.get("drop"):
        drop(basket, basket_of(dropped), by=by)
    faults = [_fault(name, _too_large()) for name in passed_by(request)]
    for sent in request.FILES.getlist("files"):
        try:
            keep(Given(sent.file, sent.name or ""), basket, county=county, by=by, at=at)  # type: ignore[arg-type]
        except Refused as refusal:
            faults.append(_fault(sent.name, str(refusal)))
    return faults


def _fault(name: object, reason: str) -> str:
    return _("“%(name)s”: %(reason)s") % {"name": name, "reason": reason}


def _too_large() -> str:
    return _("At most %(most)d MB can be taken.") % {"most": PAPER_LIMIT // MEGABYTE}


def tray(basket: UUID, *, waits_at: Address, begin: str, faults: Iterable[str] = ()) -> Tray:
    """Show what waits with a form."""
    files = Attachment.objects.waiting_in(basket)
    return Tray(basket=basket, files=[_waiting(file, waits_at) for file in files], faults=list(faults), begin=begin)


def _waiting(file: Attachment, waits_at: Address) -> Attached:
    return replace(attached(file, small=waits_at), waits_at=waits_at(file))


def attached(file: Attachment, *, small: Address, full: Address | None = None, note: str = "") -> Attached:
    """Make a file ready to show: a picture by its small one, a paper by its name."""
    return Attached(
        id=str(file.pk),
        name=file.name,
        about=f"{file.get_media_display()} · {filesizeformat(file.size)}",
        href=full(file) if full else "",
        small=small(file) if file.is_picture else "",
        note=note,
    )
