"""The filters that say times, spans and numbers as people do. `{% load words %}`"""

from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from unicodedata import normalize

from django import template
from django.db.models import Model
from django.template import defaultfilters
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import get_language

from fengqiao.web.shared import labels, words
from fengqiao.web.shared.escaping import escaped
from fengqiao.web.shared.templatetags.assets import icon

MOMENTS_KEPT = 5000

register = template.Library()


@register.filter
def when(at: datetime | None) -> SafeString | str:
    """Say a moment: 今天 14:05 · 昨天 14:05 · 11月21日 14:05; the full date shows on hover."""
    return "" if at is None else _when(at, at.tzinfo, _today(), get_language())


def _today() -> date:
    """Give the day it is here, as Django's `localdate` does by way of the day it is in London."""
    return datetime.now(get_current_timezone()).date()


@lru_cache(MOMENTS_KEPT)
def _when(at: datetime, _zone: tzinfo | None, today: date, _language: str | None) -> SafeString:
    said, in_full = escaped(words.moment_on(at, today)), escaped(words.full_moment(at))
    return SafeString(f'<time datetime="{at.isoformat()}" title="{in_full}">{said}</time>')


@register.filter
def in_full(at: datetime) -> str:
    """Say a moment so that it still means the same on paper next week: 2026年11月21日 星期六 14:05."""
    return words.full_moment(at)


@register.filter
def day(on: date) -> str:
    """Say a date: 10月1日, with the year when it is another one."""
    return words.date_of(on, _today())


@register.filter
def left(due: datetime | None) -> SafeString | str:
    """Say what is left: 还剩 2 天 3 小时; once past, 已逾期 5 小时 with its sign."""
    if due is None:
        return ""
    here = now()
    urgency = words.urgency(due, here)
    sign = _alarm() if urgency == "late" else ""
    told = f'<time datetime="{due.isoformat()}">{escaped(words.left(due, here))}</time>'
    return SafeString(f'<span class="left left-{urgency}">{sign}{told}</span>')


@cache
def _alarm() -> SafeString:
    return icon("alarm")


@register.filter
def since(at: datetime | None) -> SafeString | str:
    """Say how long ago something began: 3 小时 20 分钟."""
    if at is None:
        return ""
    return SafeString(f'<time datetime="{at.isoformat()}">{escaped(words.span(now() - at))}</time>')


@register.filter(is_safe=True)
@stringfilter
def truncatechars(said: str, most: int) -> str:
    """Cut a text after so many signs, as Django's filter does, which goes through what is short enough, too."""
    whole = normalize("NFC", said)
    return whole if len(whole) <= most else defaultfilters.truncatechars(whole, most)


@register.filter
def label(row: Model, name: str) -> str:
    """Say what a field with choices holds."""
    return labels.label_of(row, name)


@register.filter
def page_of(name: str, view: str) -> str:
    """Give the address of the page of a number or a code: {{ case.number|page_of:"console:case" }}."""
    return labels.address_of(view, name)
