"""Forms that ask everybody the same are drawn once for each language, and say what drawing them anew would say."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.transitions import receiving, triaging
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.web.console.forms import base
from fengqiao.web.console.forms.base import Setting, StepForm, asks_the_same
from fengqiao.web.console.forms.fields import UnitField, WordsField
from fengqiao.web.console.forms.replies import ReplyField
from fengqiao.web.console.forms.steps import Evaluate
from fengqiao.web.console.steps import ACTS
from tests import acts, neighbours
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db
LATER = MONDAY_9AM + 30 * acts.HOUR


@pytest.fixture
def two_cases(qing: QingCounty) -> tuple[Setting, Setting]:
    """A case of Qing County and one of Bai County, each before somebody of the house, a day apart."""
    bai = neighbours.build(qing)
    for county, name in ((qing.county, "已派人"), (bai.county, "已修好")):
        ReplyTemplate.objects.create(county=county.code, use=ReplyTemplate.Use.REPLY, name=name, text="明天来。")
    entry = Entry(channel=Channel.PHONE, nature=Nature.SUGGESTION, text="想装路灯。", region=bai.town)
    report = receiving.receive(bai.county, entry, by=bai.xie_clerks, at=LATER).report
    opened = acts.opening(qing, title="装路灯", nature=Nature.SUGGESTION, region=bai.town, centre=bai.centre)
    theirs = triaging.open_case(report, opened, by=bai.xie_clerks, at=LATER)
    ours = acts.dispatch(qing, acts.open_leak(qing))
    return Setting(ours, qing.wu_supervises, MONDAY_9AM), Setting(theirs, bai.xie_clerks, LATER)


def drawn(verb: str, setting: Setting) -> str:
    return str(ACTS[verb].form(setting=setting))


def drawn_anew(verb: str, setting: Setting) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "asks_the_same", lambda _kind: False)
        return drawn(verb, setting)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("verb", ACTS)
def test_every_form_is_drawn_as_if_anew_on_whatever_case(
    two_cases: tuple[Setting, Setting], verb: str, language: str
) -> None:
    ours, theirs = two_cases
    with override(language):
        assert drawn(verb, ours) == drawn_anew(verb, ours)
        assert drawn(verb, theirs) == drawn_anew(verb, theirs)


def test_a_form_that_asks_everybody_the_same_is_drawn_once_and_its_fields_are_not_made(
    two_cases: tuple[Setting, Setting],
) -> None:
    first, ours, theirs = (Evaluate(setting=setting) for setting in (two_cases[0], *two_cases))

    assert asks_the_same(Evaluate) and str(first) is str(ours) is str(theirs)
    assert "fields" not in vars(ours) | vars(theirs)


def test_a_form_that_somebody_touched_is_drawn_as_it_is_then(two_cases: tuple[Setting, Setting]) -> None:
    setting, plain = two_cases[0], str(Evaluate(setting=two_cases[0]))
    touched, sent = Evaluate(setting=setting), Evaluate({"solved": "no"}, setting=setting)
    touched.fields["words"].help_text = "一字不改"
    sent.add_error(None, "已办结")
    begun = Evaluate(setting=setting, initial={"satisfied": "very"})

    assert "一字不改" in str(touched) and "已办结" in str(sent)
    assert str(begun).count("checked") == plain.count("checked") + 1
    assert str(Evaluate(setting=setting)) == plain


class Asked(StepForm):
    note = WordsField()


class Filled(Asked):
    def fill(self, setting: Setting) -> None:
        """Say whose it is."""


class Begun(StepForm):
    on = forms.ChoiceField(choices=[("a", "一")], initial=date.today)


class Listed(StepForm):
    who = forms.ChoiceField(choices=lambda: [("a", "一")])


class Replied(StepForm):
    reply = ReplyField()


class Sent(StepForm):
    to = UnitField()


class OwnBox(StepForm):
    note = WordsField(widget=type("Box", (forms.Textarea,), {}))


class OwnDrawing(Asked):
    def get_context(self) -> dict[str, Any]:
        """Draw with more than the fields."""
        return super().get_context()


class Renamed(Asked):
    template_name = "parts/other.html"


@pytest.mark.parametrize("kind", [Filled, Begun, Listed, Replied, Sent, OwnBox, OwnDrawing, Renamed])
def test_whatever_may_differ_is_drawn_each_time(kind: type[StepForm]) -> None:
    assert asks_the_same(Asked)
    assert not asks_the_same(kind)


def test_whoever_asks_further_is_not_taken_for_the_form_it_comes_from(two_cases: tuple[Setting, Setting]) -> None:
    ours, theirs = two_cases
    case: Case = theirs.case

    class Named(Evaluate):
        def fill(self, setting: Setting) -> None:
            """Name the case."""
            self.fields["words"].help_text = setting.case.title

    assert case.title in str(Named(setting=theirs)) and case.title not in str(Named(setting=ours))
