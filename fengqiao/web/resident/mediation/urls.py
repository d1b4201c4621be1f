"""A party's own pages of its mediation."""

from django.urls import path

from fengqiao.web.resident.mediation import views

patterns = [
    path("track/<slug:code>/mediation/", views.mediation, name="mediation"),
    path("track/<slug:code>/mediation/print/", views.sheet, name="mediation_sheet"),
    path("track/<slug:code>/mediation/<slug:act>/", views.say, name="mediation_say"),
]
