"""Who may see a restricted case, and who no longer."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.scope import MAY_BE_NAMED
from fengqiao.cases.tiers import paths_above
from fengqiao.people.models import Post, Unit
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import LineField, PersonField
from fengqiao.web.console.forms.offered import Choices


class NameViewer(StepForm):
    """Who else may see a restricted case, and why."""

    person = PersonField(label=_("Person"))
    reason = LineField(label=_("Reason"), most=200)

    def fill(self, setting: Setting) -> None:
        """Offer who holds a post that may see it in the county or in a centre above, none of the unit complained of."""
        case = setting.case
        ours = Q(county=case.county) | Q(unit__kind=Unit.Kind.CENTRE, unit__region__path__in=paths_above(case.path))
        posts = Post.objects.held_on(localdate(setting.at)).filter(ours, user__is_active=True, role__in=MAY_BE_NAMED)
        if case.complained_unit_id:
            barred = Post.objects.held_on(localdate(setting.at)).filter(unit=case.complained_unit_id)
            posts = posts.exclude(user__in=barred.values("user"))
        rows = posts.exclude(user__in=case.named.values("user")).select_related("user", "unit")
        self.fields["person"].offer(_by_unit(rows.order_by("unit__code", "user__name")))  # type: ignore[attr-defined]


class UnnameViewer(StepForm):
    """Who is to see a restricted case no longer, and why."""

    person = PersonField(label=_("Person"))
    reason = LineField(label=_("Reason"), most=200)

    def fill(self, setting: Setting) -> None:
        """Offer those who are named."""
        rows = setting.case.named.select_related("user").order_by("named_at", "pk")
        choices: Choices = [(str(_("Named on this case")), [(row.user_id, str(row.user)) for row in rows])]
        self.fields["person"].offer(choices)  # type: ignore[attr-defined]


def _by_unit(posts: Iterable[Post]) -> Choices:
    """Sort people under their units, each once."""
    choices: dict[str, dict[object, str]] = {}
    for post in posts:
        choices.setdefault(post.unit.name, {})[post.user_id] = f"{post.user} · {post.get_role_display()}"
    return [(unit, list(people.items())) for unit, people in choices.items()]
