"""Which papers there are: one line for each, with the name people know it by and the files that draw it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.papers import administrative, contents

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

OURS = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Form:
    """One kind of paper."""

    kind: str
    label: "StrPromise"
    holds: type[contents.Paper]

    @property
    def word(self) -> Path:
        """The Word template: the county's own where it has put one into the data folder, else ours."""
        own = Path(settings.OWN_PAPERS_DIR) / f"{self.kind}.docx"
        return own if own.exists() else OURS / own.name

    @property
    def typst(self) -> str:
        """The file that draws the PDF."""
        return f"{self.kind}.typ"


FORMS = {
    form.kind: form
    for form in (
        Form("application", _("Application for mediation"), contents.Application),
        Form("acceptance", _("Register of acceptance"), contents.Acceptance),
        Form("rights", _("Notice of rights and duties"), contents.RightsNotice),
        Form("minutes", _("Minutes of mediation"), contents.Minutes),
        Form("agreement", _("Mediation agreement"), contents.Agreement),
        Form("oral", _("Record of an oral agreement"), contents.OralAgreement),
        Form("termination", _("Notice of termination"), contents.Termination),
        Form("followup", _("Record of a follow-up visit"), contents.FollowUp),
        Form("slip", _("Slip in four copies"), contents.Slip),
        Form("cover", _("Dossier cover"), contents.Cover),
        Form("index", _("Dossier index"), contents.Index),
        Form("admin_application", _("Application for administrative mediation"), administrative.Application),
        Form("admin_acceptance", _("Notice that administrative mediation begins"), administrative.Acceptance),
        Form("admin_rights", _("Rights and duties in administrative mediation"), administrative.RightsNotice),
        Form("admin_minutes", _("Minutes of administrative mediation"), administrative.Minutes),
        Form("admin_agreement", _("Agreement of administrative mediation"), administrative.Agreement),
        Form("admin_termination", _("Notice that administrative mediation ends"), administrative.Termination),
        Form("admin_followup", _("Follow-up visit of administrative mediation"), administrative.FollowUp),
        Form("admin_cover", _("Cover of administrative mediation"), administrative.Cover),
    )
}
OF = {form.holds: form for form in FORMS.values()}


def form_of(paper: contents.Paper) -> Form:
    """Say which form a filled paper belongs to."""
    return OF[type(paper)]
