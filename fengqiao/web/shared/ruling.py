"""By which rules a time was counted, in words: their version is a code, and people ask whose rules and since when."""

import re
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fengqiao.playbooks import reading

VERSIONS_KEPT = 200
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(-\d+)?").fullmatch
OF_A_PLAYBOOK = re.compile(r"(.+)-(\d+)").fullmatch


def rules_in_words(version: str) -> str:
    """Say a version: the day from which a county changed its rules, else the playbook they came with."""
    return _rules_in_words(version, get_language())


@lru_cache(VERSIONS_KEPT)
def _rules_in_words(version: str, _language: str | None) -> str:
    if changed := DAY(version):
        day = date_format(date.fromisoformat(changed[1]), "DATE_FORMAT")
        return _("the county's rules from %(day)s on") % {"day": day}
    if (came := OF_A_PLAYBOOK(version)) and came[1] in reading.available():
        named = {"playbook": reading.read(came[1]).name, "edition": came[2]}
        return _("the rules of %(playbook)s, edition %(edition)s") % named
    return _("the rules, version %(version)s") % {"version": version}
