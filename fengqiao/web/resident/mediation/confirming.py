"""A party says by the code it was given whether what was written down of the settlement is so."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fengqiao.kit.codes import tidy
from fengqiao.mediation.models import SpotRecord
from fengqiao.mediation.transitions import spot
from fengqiao.web.resident import limits
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.views.tracking import slow_down
from fengqiao.web.shared.access import public_view

IS_SO = {"yes": True, "no": False}


class Code(forms.Form):
    """The short code from the mediator; with it what was written down is shown, and answered."""

    code = forms.CharField(
        label=gettext_lazy("The eight signs the mediator gave you"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please enter the code.")},
    )
    answer = forms.ChoiceField(
        choices=[("yes", pgettext_lazy("on the spot", "It was so")), ("no", pgettext_lazy("on the spot", "Not so"))],
        required=False,
    )

    def clean_code(self) -> str:
        """Take the code however it is spaced."""
        code = tidy(str(self.cleaned_data["code"]))
        if len(code) != spot.CODE_LENGTH:
            raise ValidationError(_("The code has eight signs."))
        return code


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code, show what was written down, and take the answer."""
    at = now()
    if request.method != "POST":
        return _page(request, {"form": Code()})
    if limits.is_over(request, limits.MISSES, at) or not limits.knock(request, limits.SECRETS, at):
        return slow_down(request)
    form = Code(request.POST)
    found = spot.find_by_code(form.cleaned_data["code"], at) if form.is_valid() else None
    if found is not None:
        return _page(request, {"form": form} | _answered(form, found))
    limits.knock(request, limits.MISSES, at)
    if form.is_valid():
        form.add_error("code", _("No record has this code, or its thirty days are over."))
    return _page(request, {"form": form}, status=422)


def _answered(form: Code, found: SpotRecord) -> dict[str, Any]:
    """Take the answer, if there is one, and give what is shown."""
    answer = IS_SO.get(form.cleaned_data["answer"])
    if answer is not None:
        found = spot.answer(found, is_so=answer, at=now())
    return {"record": found, "code": form.cleaned_data["code"], "said": answer}


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    found = context.get("record")
    context["counter"] = counter_for(found.county if found else "", localdate())
    return render(request, "resident/mediation/confirm.html", context, status=status)
