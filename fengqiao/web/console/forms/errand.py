"""An errand: what is to be done, for whom, how they agreed, and the papers they handed over."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Errand
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.intake.transitions.errands import MOST_PAPERS, Agreement
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, ConsentWay
from fengqiao.kit.ids import new_id
from fengqiao.places.models import Region
from fengqiao.web.console.forms.fields import LineField, RegionField, WordsField
from fengqiao.web.console.forms.phones import PhoneField

PAPER_LENGTH = 80


class TakeErrand(forms.Form):
    """What a clerk or a grid worker writes down for someone who asked them to go."""

    text = WordsField(
        label=gettext_lazy("What is to be done"),
        help_text=gettext_lazy("Which errand, at which office, by when."),
        most=TEXT_LIMIT,
        rows=4,
    )
    reporter = LineField(label=gettext_lazy("For whom"), most=40)
    phone = PhoneField(label=gettext_lazy("Phone"))
    region = RegionField(label=pgettext_lazy("errand", "Where they live"))
    consent = forms.ChoiceField(
        label=gettext_lazy("How they agreed"), choices=ConsentWay.choices, widget=forms.RadioSelect
    )
    agreed_on = forms.DateField(
        label=gettext_lazy("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    papers = forms.CharField(
        label=gettext_lazy("Papers handed over"),
        help_text=gettext_lazy("One paper a line, with original or copy. No numbers from them."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, county: str, today: date, begin_at: Region | None = None) -> None:
        super().__init__(data, auto_id="errand_%s")
        self.fields["region"].offer(county, today)  # type: ignore[attr-defined]
        self.fields["agreed_on"].widget.attrs["max"] = today.isoformat()
        self.initial = {"submission": new_id(), "agreed_on": today, "consent": ConsentWay.IN_PERSON}
        self.initial["region"] = begin_at and begin_at.pk

    def clean_papers(self) -> tuple[str, ...]:
        """Read one paper a line."""
        papers = tuple(line.strip() for line in str(self.cleaned_data["papers"]).splitlines() if line.strip())
        if len(papers) > MOST_PAPERS:
            raise ValidationError(
                _("At most %(most)d papers; put the others on a second errand.") % {"most": MOST_PAPERS}
            )
        if long := next((paper for paper in papers if len(paper) > PAPER_LENGTH), ""):
            raise ValidationError(_("“%(start)s…” is too long for a paper's name.") % {"start": long[:20]})
        return papers

    def entry(self, channel: Channel) -> Entry:
        """Give the report that the errand is."""
        said = self.cleaned_data
        return Entry(
            channel=channel,
            nature=Nature.HELP,
            text=said["text"],
            region=said["region"],
            reporter=said["reporter"],
            phone=said["phone"],
            submission=said["submission"],
        )

    def agreement(self) -> Agreement:
        """Give how they agreed, and the papers."""
        said = self.cleaned_data
        return Agreement(ConsentWay(said["consent"]), said["agreed_on"], said["papers"])


class GiveBack(forms.Form):
    """Which papers went back, and to whom."""

    papers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Papers that went back"), choices=[], widget=forms.CheckboxSelectMultiple
    )
    to = LineField(
        label=gettext_lazy("To whom, or where they went"),
        help_text=gettext_lazy("Such as: the owner, in person; or kept by the office, with its receipt."),
        most=80,
    )

    def __init__(self, data: Any = None, *, errand: Errand) -> None:
        super().__init__(data, auto_id="papers_%s")
        out = errand.papers.filter(returned_at=None).order_by("place")
        self.fields["papers"].choices = [(str(paper.pk), paper.name) for paper in out]  # type: ignore[attr-defined]
