"""The page behind the one-time link: three administrators, made together, once."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import ADMINISTRATORS, Role, User
from fengqiao.playbooks import administrators
from fengqiao.playbooks.administrators import Account
from fengqiao.web.shared.access import public_view

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DUTIES: "dict[Role, StrPromise | str]" = {
    Role.SYSTEM_ADMIN: _("Keeps the system running: settings, back-ups, calendar. Sees no case."),
    Role.SECURITY_ADMIN: _("Makes accounts and gives posts. Sees no case."),
    Role.AUDIT_ADMIN: _("Reads the logs of what the others did. Sees no case."),
}


class PlaceForm(forms.Form):
    """Where the three belong."""

    place = forms.ChoiceField(label=pgettext_lazy("set-up", "County"), widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        choices = list(administrators.places().items())
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = choices[0][0] if choices else None


class AccountForm(forms.Form):
    """Name and password of one administrator."""

    username = forms.SlugField(label=_("User name"), max_length=150, help_text=_("Letters, digits, “-” and “_”."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters, not only digits, not your name; a short sentence is easy to keep."),
    )
    again = forms.CharField(
        label=_("Password once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, role: Role, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=role.value, initial={"username": role.value.replace("_", "-")})
        self.role, self.duty = role, DUTIES[role]

    def clean_username(self) -> str:
        """Refuse a name that is taken."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError(gettext("This name is taken."))
        return username

    def clean(self) -> None:
        """Refuse a weak password, and one that was not typed twice alike."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", gettext("The two passwords differ."))
        if password:
            self._judge(password)

    def _judge(self, password: str) -> None:
        try:
            validate_password(password, User(username=self.cleaned_data.get("username", "")))
        except ValidationError as error:
            self.add_error("password", error)


@public_view
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_setup(request: HttpRequest, token: str) -> HttpResponse:
    """Show the three forms, and make the accounts when all are right."""
    at = now()
    if not administrators.is_good(token, at):
        return render(request, "shared/setup.html", {"gone": True}, status=410)
    data = request.POST if request.method == "POST" else None
    place, accounts = PlaceForm(data), [AccountForm(role, data) for role in ADMINISTRATORS]
    if data is not None and _all_right(place, accounts):
        try:
            administrators.make(token, place.cleaned_data["place"], _chosen(accounts), at)
        except Refused:
            return render(request, "shared/setup.html", {"gone": True}, status=410)
        messages.success(
            request,
            gettext(
                "The three accounts are made. Each of the three signs in and joins a phone. "
                "Then the security administrator makes the accounts of all others."
            ),
        )
        return redirect("account_login")
    status = 200 if data is None else 422
    return render(request, "shared/setup.html", {"place": place, "accounts": accounts}, status=status)


def _all_right(place: PlaceForm, accounts: list[AccountForm]) -> bool:
    """Check every form, and that three people were named; all faults are shown at once."""
    good = all([form.is_valid() for form in (place, *accounts)])
    for name in ("username", "password"):
        seen: set[str] = set()
        for form in accounts:
            value = form.cleaned_data.get(name)
            if value and value in seen:
                form.add_error(name, gettext("The three are separate people: choose another one here."))
                good = False
            seen.add(value or "")
    return good


def _chosen(accounts: list[AccountForm]) -> dict[Role, Account]:
    return {form.role: Account(form.cleaned_data["username"], form.cleaned_data["password"]) for form in accounts}
