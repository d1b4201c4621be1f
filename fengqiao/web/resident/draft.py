"""A report being written: what was typed travels from screen to screen in the pages; nothing is kept here."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django import forms

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import TOLD_NATURES, Nature
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.intake.hints import Hint, hints, tellable
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.ids import new_id
from fengqiao.web.resident.counter import Counter
from fengqiao.web.resident.forms.reporting import What, Where, Who
from fengqiao.web.resident.fresh import RECEPTION
from fengqiao.web.resident.sameness import chosen
from fengqiao.web.shared.enclosing import basket_of

SCREENS = ("what", "where", "who")
CHECK = "check"
SAME = "same"  # between where and who, only if something nearby sounds alike; also the name of its answer


class Draft:
    """The answers given so far, and the three forms that judge them."""

    def __init__(self, counter: Counter, today: date, answers: Mapping[str, str]) -> None:
        self.counter, self.county, self.today, self.answers = counter, counter.county, today, answers
        self.submission = _uuid(answers.get("submission", "")) or new_id()
        self.basket = basket_of(answers.get("basket", ""))

    def blank(self, screen: str) -> forms.Form:
        """Give a screen's form as it is first shown, with what was typed before."""
        form = self._form(screen, None)
        form.initial = {name: self.answers[name] for name in form.fields if name in self.answers}
        return form

    def judged(self, screen: str) -> forms.Form:
        """Give a screen's form with its answers judged."""
        return self._form(screen, self.answers)

    def first_unfinished(self) -> str:
        """Find the first screen that still lacks something, or the check when none does."""
        return next((screen for screen in SCREENS if not self.judged(screen).is_valid()), CHECK)

    def after(self, screen: str) -> str:
        """Say which screen follows: the next one, or straight back to the check for someone who came from there."""
        if self.answers.get("checked") or screen == SCREENS[-1]:
            return self.first_unfinished()
        return SCREENS[SCREENS.index(screen) + 1]

    def hints(self) -> list[Hint]:
        """Find what nearby sounds like this report; for wishes about public things only."""
        what, where = self.judged("what"), self.judged("where")
        if not (what.is_valid() and where.is_valid()) or what.cleaned_data["nature"] not in TOLD_NATURES:
            return []
        return hints(what.cleaned_data["text"], where.cleaned_data["region"])

    def same_as(self) -> Case | None:
        """Find the matter that the resident says theirs is the same as, if it may still be told."""
        case = chosen(self.answers.get(SAME, ""))
        return tellable(self.county.code, case) if case else None

    def carried(self, screen: str) -> list[tuple[str, str]]:
        """List what a screen must carry unseen: the answers of all the others."""
        shown = set(self._form(screen, None).fields) if screen in SCREENS else set()
        names = [name for each in SCREENS for name in self._form(each, None).fields if name not in shown]
        carried = [(name, self.answers[name]) for name in names if self.answers.get(name)]
        checked = "1" if screen == CHECK or self.answers.get("checked") else ""
        kept = [("submission", self.submission), ("basket", self.basket)]
        known = [(name, str(value)) for name, value in kept if name == "submission" or screen != SCREENS[0]]
        known += [(name, self.answers[name]) for name in (SAME, RECEPTION) if name != screen and self.answers.get(name)]
        return [*carried, *known, ("county", self.county.code), ("checked", checked)]

    def entry(self) -> Entry:
        """Make the entry that intake takes in; only for a draft that is finished."""
        said: dict[str, object] = {}
        for screen in SCREENS:
            form = self.judged(screen)
            form.is_valid()
            said |= form.cleaned_data
        nature = Nature(str(said.pop("nature")))
        sent = {"channel": Channel.WEB, "submission": self.submission, "enclosed": Enclosed(self.basket)}
        sent["same_as"] = self.same_as() if nature in TOLD_NATURES else None
        return Entry(nature=nature, **sent, **said)  # type: ignore[arg-type]

    def _form(self, screen: str, answers: Mapping[str, str] | None) -> forms.Form:
        if screen == "where":
            return Where(answers, county=self.county, today=self.today)
        return What(answers) if screen == "what" else Who(answers)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
