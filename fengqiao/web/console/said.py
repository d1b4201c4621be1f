"""What was said: each report untouched, with its contact masked until someone who may asks to see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fengqiao.cases.scope import held_posts
from fengqiao.files.models import Attachment
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.models import Report
from fengqiao.intake.policy import reveals
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.verdict import Verdict
from fengqiao.people.models import User
from fengqiao.web.console.enclosed import files_by_thing
from fengqiao.web.shared import words
from fengqiao.web.shared.parts import Attached


@dataclass(frozen=True, slots=True)
class Said:
    """One report as a page shows it."""

    report: Report
    reporter: str
    phone: str
    verdict: Verdict
    files: tuple[Attached, ...] = ()

    @property
    def has_contact(self) -> bool:
        """Test if the resident left a name or a number."""
        return bool(self.report.reporter or self.report.phone or self.report.proxy)


def said(reports: Iterable[Report], user: User, at: datetime) -> list[Said]:
    """Make reports ready to show to this user; whoever may not call sees no contact at all."""
    reports = list(reports)
    verdicts = reveals(held_posts(user, at), reports)
    filed = [report.pk for report in reports if getattr(report, "has_files", True)]  # unless it is known to have none
    files = files_by_thing(_FILES(*filed, shape=len(filed)) if filed else ())
    return [_said(report, verdicts[report.pk], files[report.pk]) for report in reports]


def _files(_number: int, *reports: UUID) -> QuerySet[Attachment]:
    return Attachment.objects.of(Parent.REPORT, reports)


_FILES: Prepared[Attachment] = Prepared(_files)


def _said(report: Report, verdict: Verdict, files: tuple[Attached, ...]) -> Said:
    if not verdict:
        return Said(report, "", "", verdict, files)
    return Said(report, masked_name(report.reporter), words.masked_phone(report.phone), verdict, files)


def masked_name(name: str) -> str:
    """Show a name by its first sign only."""
    return f"{name[0]}{'*' * (len(name) - 1)}" if name else ""
