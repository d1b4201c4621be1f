"""The list of subjects: a county adds its own, renames, closes and opens again. A code, once given, stays."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.models import Category
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.playbooks.categories import DIGITS

LEVELS = 3
MOST_BESIDE = 99  # two digits a level


@transaction.atomic
def add_subject(parent: Category | None, name: str, *, by: User, at: datetime) -> Category:
    """Add a subject under another one, or a new heading; it gets the next free code."""
    require(policy.may(by, "rules", at))
    if parent is not None:
        parent = _taken(parent, by, at)
        if parent.level == LEVELS or parent.valid_to is not None:
            raise Refused(_("Nothing can be added under “%(subject)s”.") % {"subject": parent})
    _must_be_free(name, parent, by.county)
    level = parent.level + 1 if parent else 1
    code = _free_code(parent, by.county)
    subject = Category.objects.create(county=by.county, code=code, name=name, parent=parent, level=level)
    _write(subject, _("added"), by, at)
    return subject


@transaction.atomic
def rename_subject(subject: Category, name: str, *, by: User, at: datetime) -> Category:
    """Give a subject another name; cases sorted by it show the new one."""
    subject = _taken(subject, by, at)
    if subject.name == name:
        raise Refused(_("Nothing was changed."))
    _must_be_free(name, subject.parent, by.county)
    was, subject.name = subject.name, name
    subject.save(update_fields=["name"])
    _write(subject, f"{was} → {name}", by, at)
    return subject


@transaction.atomic
def close_subject(subject: Category, *, by: User, at: datetime) -> Category:
    """Offer a subject and those below it no longer; cases sorted by them keep them."""
    subject = _taken(subject, by, at)
    if subject.valid_to is not None:
        raise Refused(_("“%(subject)s” is closed already.") % {"subject": subject})
    below = Category.objects.filter(county=by.county, code__startswith=subject.code, valid_to=None)
    below.update(valid_to=localdate(at))
    subject.refresh_from_db()
    _write(subject, _("closed"), by, at)
    return subject


@transaction.atomic
def open_subject(subject: Category, *, by: User, at: datetime) -> Category:
    """Offer a closed subject again, and those above it; the ones below stay as they are."""
    subject = _taken(subject, by, at)
    if subject.valid_to is None:
        raise Refused(_("“%(subject)s” is open already.") % {"subject": subject})
    codes = [subject.code[: DIGITS * level] for level in range(1, subject.level + 1)]
    Category.objects.filter(county=by.county, code__in=codes).update(valid_to=None)
    subject.refresh_from_db()
    _write(subject, _("opened again"), by, at)
    return subject


def _taken(subject: Category, by: User, at: datetime) -> Category:
    """Judge, then lock the subject; another county's cannot be touched."""
    require(policy.may(by, "rules", at))
    subject = hold(Category, subject.pk)
    if subject.county != by.county:
        raise Refused(_("This subject belongs to another county."))
    return subject


def _must_be_free(name: str, parent: Category | None, county: str) -> None:
    if Category.objects.filter(county=county, parent=parent, name=name).exists():
        raise Refused(_("There is a subject of this name here already."))


def _free_code(parent: Category | None, county: str) -> str:
    """Give the next code below a subject; a code that was ever given is not given again."""
    above = parent.code if parent else ""
    beside = Category.objects.filter(county=county, parent=parent).order_by("-code").values_list("code", flat=True)
    number = int(beside[0][-DIGITS:]) + 1 if beside else 1
    if number > MOST_BESIDE:
        raise Refused(_("There is no room for another subject here."))
    return f"{above}{number:0{DIGITS}d}"


def _write(subject: Category, what: str, by: User, at: datetime) -> None:
    write(StaffLog.Act.CHANGED_SUBJECT, by=by, at=at, facts={"subject": f"{subject.code} {subject}", "what": what})
