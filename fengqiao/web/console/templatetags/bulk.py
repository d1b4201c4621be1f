"""Whether the rows of a list can be chosen by whoever is here. `{% load bulk %}`"""

from django import template

from fengqiao.cases.policy import TAKES
from fengqiao.intake.policy import TAKES as TAKES_REPORTS
from fengqiao.web.console.bulk import ONE_BY_ONE
from fengqiao.web.console.steps import ACTS
from fengqiao.web.console.templatetags.desk import who_is_here

register = template.Library()


@register.simple_tag(takes_context=True)
def picks_cases(context: template.Context) -> bool:
    """Test if some post of theirs takes a step that can be taken on many cases."""
    roles = frozenset[str]().union(*(TAKES[verb] for verb in ACTS if verb not in ONE_BY_ONE))
    return any(post.role in roles for post in who_is_here(context).posts)


@register.simple_tag(takes_context=True)
def picks_reports(context: template.Context) -> bool:
    """Test if some post of theirs decides on reports."""
    return any(post.role in TAKES_REPORTS["triage"] for post in who_is_here(context).posts)
