"""The filters a person keeps, as the work list shows them: which one is open, and which names what is no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.desk.models import SavedFilter
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import User
from fengqiao.web.console.forms.filters import CaseFilter


@dataclass(frozen=True, slots=True)
class Tab:
    """One kept filter: where it leads, whether it is what is shown now, and what of it is no more."""

    saved: SavedFilter
    href: str
    is_here: bool
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabs:
    """All that a person keeps, the one that is open, and what the present filter would be kept as (empty: nothing)."""

    all: tuple[Tab, ...]
    here: Tab | None
    query: str


def kept_by(user: User) -> list[SavedFilter]:
    """Fetch the filters a person keeps, in the order in which they were kept."""
    return _KEPT(user.pk)


def _kept(_shape: object, user: UUID) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(user=user).order_by("made_at", "id")


_KEPT: Prepared[SavedFilter] = Prepared(_kept)


def tabs_of(kept: Iterable[SavedFilter], form: CaseFilter, asked: QueryDict) -> Tabs:
    """Show the filters a person keeps beside what is asked for now."""
    address = _address(asked)
    found = tuple(_tab(saved, form, address) for saved in kept)
    here = next((tab for tab in found if tab.is_here), None)
    return Tabs(found, here, "" if here else kept_as(form, asked))


def start_of(kept: Iterable[SavedFilter]) -> str:
    """Give the address of the filter that opens first; empty where none does."""
    return next((f"{reverse('console:cases')}?{saved.query}" for saved in kept if saved.is_start), "")


def kept_as(form: CaseFilter, asked: QueryDict) -> str:
    """Write a filter as it is kept: what it names and what makes sense of it, in the order of the form."""
    form.is_valid()
    kept = QueryDict(mutable=True)
    for name in form.fields:
        if name not in form.errors and form.cleaned_data.get(name):
            kept.setlist(name, asked.getlist(name))
    return kept.urlencode()


def gone_from(form: CaseFilter, query: str) -> tuple[str, ...]:
    """Name what a kept filter narrows by that cannot be chosen any more."""
    probe = CaseFilter(QueryDict(query), like=form)
    return tuple(_labels(probe, probe.errors))


def _tab(saved: SavedFilter, form: CaseFilter, address: str) -> Tab:
    return Tab(saved, f"?{saved.query}", saved.query == address, gone_from(form, saved.query))


def _labels(form: CaseFilter, names: Iterable[str]) -> list[str]:
    return [str(form.fields[name].label or _("a list of the board")) for name in names]


def _address(asked: QueryDict) -> str:
    """Write what an address asks of the filter, without what was left blank, as a filter is kept."""
    kept = QueryDict(mutable=True)
    for name in CaseFilter.base_fields:
        if any(asked.getlist(name)):
            kept.setlist(name, asked.getlist(name))
    return kept.urlencode()
