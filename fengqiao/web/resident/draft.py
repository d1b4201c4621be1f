"""A report being written: what was typed travels from screen to screen in the pages; nothing is kept here."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django import forms

from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.ids import new_id
from fengqiao.web.resident.counter import Counter
from fengqiao.web.resident.forms.reporting import What, Where, Who

SCREENS = ("what", "where", "who")
CHECK = "check"


class Draft:
    """The answers given so far, and the three forms that judge them."""

    def __init__(self, counter: Counter, today: date, answers: Mapping[str, str]) -> None:
        self.counter, self.county, self.today, self.answers = counter, counter.county, today, answers
        self.submission = _uuid(answers.get("submission", "")) or new_id()

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

    def carried(self, screen: str) -> list[tuple[str, str]]:
        """List what a screen must carry unseen: the answers of all the others."""
        shown = set(self._form(screen, None).fields) if screen in SCREENS else set()
        names = [name for each in SCREENS for name in self._form(each, None).fields if name not in shown]
        carried = [(name, self.answers[name]) for name in names if self.answers.get(name)]
        checked = "1" if screen == CHECK or self.answers.get("checked") else ""
        return [*carried, ("submission", str(self.submission)), ("county", self.county.code), ("checked", checked)]

    def entry(self) -> Entry:
        """Make the entry that intake takes in; only for a draft that is finished."""
        said: dict[str, object] = {}
        for screen in SCREENS:
            form = self.judged(screen)
            form.is_valid()
            said |= form.cleaned_data
        nature = Nature(str(said.pop("nature")))
        return Entry(channel=Channel.WEB, nature=nature, submission=self.submission, **said)  # type: ignore[arg-type]

    def _form(self, screen: str, answers: Mapping[str, str] | None) -> forms.Form:
        if screen == "where":
            return Where(answers, county=self.county, today=self.today)
        return What(answers) if screen == "what" else Who(answers)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
