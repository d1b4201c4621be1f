"""The doors: residents at the root, staff under /console/, accounts under /accounts/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
]
for prefix, surface in (("console/", "fengqiao.web.console.urls"), ("", "fengqiao.web.resident.urls")):
    if find_spec(surface):
        urlpatterns.append(path(prefix, include(surface)))
