"""The doors: residents at the root, staff under /console/, accounts under /accounts/."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path

from fengqiao.web.console.views.feeds import feed
from fengqiao.web.shared import passkeys, where
from fengqiao.web.shared.first_setup import first_setup
from fengqiao.web.shared.status import status

handler400 = "fengqiao.web.shared.errors.bad_request"
handler403 = "fengqiao.web.shared.errors.forbidden"
handler404 = "fengqiao.web.shared.errors.not_found"
handler429 = "fengqiao.web.shared.errors.too_often"
handler500 = "fengqiao.web.shared.errors.server_error"

# Only these of allauth's pages are open: nobody signs up, and a lost password is set anew by an administrator.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("where/", where.where, name="account_where"),
    path("where/others/end/", where.end_others, name="account_end_others"),
    path("where/<uuid:sign_in>/end/", where.end, name="account_end"),
    path("factor/", factor.index, name="mfa_index"),
    path("factor/code/", factor.authenticate, name="mfa_authenticate"),
    path("factor/code-again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factor/phone/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/phone/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkey/add/", passkeys.add, name="mfa_add_webauthn"),
    path("passkey/<int:pk>/name/", passkeys.rename, name="mfa_edit_webauthn"),
    path("passkey/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("passkey/again/", passkeys.again, name="mfa_reauthenticate_webauthn"),
    path("passkey/login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("factor/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("console/", include("fengqiao.web.console.urls")),
    path("accounts/", include(accounts)),
    path("status/", status, name="status"),
    path("setup/<str:token>/", first_setup, name="first_setup"),
    path("feeds/<str:token>.ics", feed, name="feed"),
    path("", include("fengqiao.web.resident.urls")),
]
