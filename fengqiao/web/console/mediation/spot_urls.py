"""The addresses of what was settled on the spot."""

from django.urls import path

from fengqiao.web.console.mediation import spot

patterns = [
    path("mediation/spot/", spot.records, name="spots"),
    path("mediation/spot/new/", spot.new, name="new_spot"),
    path("mediation/spot/questions/", spot.questions, name="spot_questions"),
    path("mediation/spot/<uuid:record>/", spot.record, name="spot"),
    path("mediation/spot/<uuid:record>/undo/", spot.undo, name="undo_spot"),
    path("mediation/spot/<uuid:record>/review/", spot.review, name="review_spot"),
]
