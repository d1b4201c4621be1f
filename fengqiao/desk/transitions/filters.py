"""Keeping filters of the work list, each person for themselves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.desk.models import SavedFilter
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User

MOST = 12  # more than fit beside one another are not found any more


def keep(name: str, query: str, *, by: User, at: datetime) -> SavedFilter:
    """Keep a filter under a name of one's own."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two presses at once: one after the other
        if not query:
            raise Refused(_("Set a filter first; this one narrows nothing."))
        if by.saved_filters.count() >= MOST:
            raise Refused(_("You keep %(most)d filters already; delete one first.") % {"most": MOST})
        return SavedFilter.objects.create(
            county=by.county, user=by, name=_free(name, by), query=query, is_start=False, made_at=at
        )


def rename(saved: SavedFilter, name: str, *, by: User) -> SavedFilter:
    """Give a filter another name."""
    with transaction.atomic():
        saved = _own(saved, by)
        saved.name = _free(name, by, besides=saved)
        saved.save(update_fields=["name"])
    return saved


def open_first(saved: SavedFilter, *, by: User) -> SavedFilter:
    """Let the work list open with this filter, or as it was before if it did already."""
    with transaction.atomic():
        saved = _own(saved, by)
        was_first = saved.is_start
        by.saved_filters.update(is_start=False)
        saved.is_start = not was_first
        saved.save(update_fields=["is_start"])
    return saved


def drop(saved: SavedFilter, *, by: User) -> None:
    """Forget a filter."""
    with transaction.atomic():
        _own(saved, by).delete()


def _own(saved: SavedFilter, by: User) -> SavedFilter:
    """Hold the person and their filter locked; somebody else's does not exist."""
    User.objects.select_for_update().get(pk=by.pk)
    found = by.saved_filters.filter(pk=saved.pk).first()
    if found is None:
        raise Refused(_("This filter is no more."))
    return found


def _free(name: str, by: User, *, besides: SavedFilter | None = None) -> str:
    """Tidy a name, and refuse one that is empty, too long or taken."""
    name = " ".join(name.replace("\0", " ").split())
    longest = SavedFilter._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise Refused(_("Give it a name of at most %(most)d characters.") % {"most": longest})
    if by.saved_filters.filter(name=name).exclude(pk__in=[besides.pk] if besides else []).exists():
        raise Refused(_("You have a filter named “%(name)s” already.") % {"name": name})
    return name
