"""Templates of replies: words to begin with, never to send as they are."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.playbooks.model import Words
from fengqiao.playbooks.models import ReplyTemplate

BLANK = re.compile(r"【填[^】]*】")


def blanks(text: str) -> list[str]:
    """List what a template still asks to be filled in."""
    return BLANK.findall(text)


def offered(county: str, use: str) -> list[ReplyTemplate]:
    """List the templates a county offers for one use, by name."""
    return list(ReplyTemplate.objects.filter(county=county, use=use, is_open=True).order_by("name"))


def load_replies(county: str, wanted: Iterable[Words]) -> None:
    """Give a county the templates it never had; what it changed or took away stays so."""
    known = set(ReplyTemplate.objects.filter(county=county).values_list("use", "name"))
    fresh = [each for each in wanted if (each.use, each.name) not in known]
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(county=county, use=each.use, name=each.name, text=each.text) for each in fresh
    )


@transaction.atomic
def add_template(words: Words, *, by: User, at: datetime) -> ReplyTemplate:
    """Add a template for everybody of the county."""
    require(policy.may(by, "rules", at))
    _must_be_free(words, by.county)
    made = ReplyTemplate.objects.create(county=by.county, use=words.use, name=words.name, text=words.text)
    _write(made, _("added"), by, at)
    return made


@transaction.atomic
def change_template(template: ReplyTemplate, words: Words, *, by: User, at: datetime) -> ReplyTemplate:
    """Change the words; replies that were sent stay as they are."""
    template = _taken(template, by, at)
    if (template.use, template.name, template.text) == (words.use, words.name, words.text):
        raise Refused(_("Nothing was changed."))
    if (template.use, template.name) != (words.use, words.name):
        _must_be_free(words, by.county)
    template.use, template.name, template.text = words.use, words.name, words.text
    template.save(update_fields=["use", "name", "text"])
    _write(template, _("changed"), by, at)
    return template


@transaction.atomic
def switch_template(template: ReplyTemplate, *, by: User, at: datetime) -> ReplyTemplate:
    """Offer a template no longer, or again."""
    template = _taken(template, by, at)
    template.is_open = not template.is_open
    template.save(update_fields=["is_open"])
    _write(template, _("opened again") if template.is_open else _("closed"), by, at)
    return template


def _taken(template: ReplyTemplate, by: User, at: datetime) -> ReplyTemplate:
    require(policy.may(by, "rules", at))
    template = ReplyTemplate.objects.select_for_update().get(pk=template.pk)
    if template.county != by.county:
        raise Refused(_("This template belongs to another county."))
    return template


def _must_be_free(words: Words, county: str) -> None:
    if ReplyTemplate.objects.filter(county=county, use=words.use, name=words.name).exists():
        raise Refused(_("There is a template of this name already."))


def _write(template: ReplyTemplate, what: str, by: User, at: datetime) -> None:
    write(StaffLog.Act.CHANGED_TEMPLATE, by=by, at=at, facts={"template": template.name, "what": what})
