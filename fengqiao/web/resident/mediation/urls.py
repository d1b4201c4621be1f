"""A party's own pages of its mediation."""

from django.urls import path

from fengqiao.web.resident.mediation import confirming, papers, views

patterns = [
    path("mediation/confirm/", confirming.confirm, name="confirm_spot"),
    path("track/<slug:code>/mediation/", views.mediation, name="mediation"),
    path("track/<slug:code>/mediation/print/", views.sheet, name="mediation_sheet"),
    path("track/<slug:code>/mediation/paper/", papers.paper, name="mediation_paper"),
    path("track/<slug:code>/mediation/<slug:act>/", views.say, name="mediation_say"),
]
