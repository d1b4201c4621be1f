"""The pages of mediation; the number of a case comes last, so that no word is taken for one."""

from django.urls import path

from fengqiao.web.console.mediation.views import day, dossier, taking_in

patterns = [
    path("mediation/", day.day, name="mediation"),
    path("mediation/dossiers/", day.dossiers, name="dossiers"),
    path("mediation/new/", taking_in.new_dispute, name="new_dispute"),
    path("mediation/<slug:number>/", dossier.dossier, name="dossier"),
    path("mediation/<slug:number>/<slug:verb>/", dossier.take_act, name="act"),
]
