"""The doors: residents at the root, staff under /console/, accounts under /accounts/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
]
for prefix, surface in (("console/", "fengqiao.web.console.urls"), ("", "fengqiao.web.resident.urls")):
    if find_spec(surface):
        urlpatterns.append(path(prefix, include(surface)))

handler400 = "fengqiao.web.shared.errors.bad_request"
handler403 = "fengqiao.web.shared.errors.forbidden"
handler404 = "fengqiao.web.shared.errors.not_found"
handler500 = "fengqiao.web.shared.errors.server_error"
