"""The resident's door. A code may stand in an address, a secret never does."""

from django.urls import path

from fengqiao.web.resident.views import answering, home, places, reporting, tracking

app_name = "resident"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("large-type/", home.switch_type, name="switch_type"),
    path("places/", places.index, name="places"),
    path("place/<slug:code>/", places.place, name="place"),
    path("place/<slug:code>/qr/", places.sheet, name="sheet"),
    path("place/<slug:code>/qr.svg", places.square, name="square"),
    path("report/", reporting.report, name="report"),
    path("receipt/<slug:code>/", reporting.receipt, name="receipt"),
    path("track/", tracking.find, name="find"),
    path("track/<slug:code>/", tracking.track, name="track"),
    path("track/<slug:code>/leave/", tracking.leave, name="leave"),
    path("track/<slug:code>/evaluate/", answering.evaluate, name="evaluate"),
    path("track/<slug:code>/reopen/", answering.ask_reopen, name="reopen"),
    path("track/<slug:code>/review/", answering.ask_review, name="review"),
]
