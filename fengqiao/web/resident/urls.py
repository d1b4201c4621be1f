"""The resident's door. A code may stand in an address, a secret never does."""

from django.urls import path

from fengqiao.web.resident.mediation import urls as mediation
from fengqiao.web.resident.views import answering, files, home, mydata, places, reception, reporting, tracking

app_name = "resident"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("large-type/", home.switch_type, name="switch_type"),
    path("language/", home.switch_language, name="switch_language"),
    path("privacy/", mydata.privacy, name="privacy"),
    path("my/", mydata.ask, name="my"),
    path("my/paper/", mydata.paper, name="paper"),
    path("places/", places.index, name="places"),
    path("places/grids/", places.grids, name="grids"),
    path("places/here/", places.here, name="here"),
    path("place/<slug:code>/", places.place, name="place"),
    path("place/<slug:code>/qr/", places.sheet, name="sheet"),
    path("place/<slug:code>/qr.svg", places.square, name="square"),
    path("reception/", reception.index, name="receptions"),
    path("reception/<uuid:day>/", reception.day, name="reception"),
    path("track/<slug:code>/reception/", reception.own, name="own_reception"),
    path("track/<slug:code>/reception/give-back/", reception.give_back, name="give_back"),
    path("track/<slug:code>/reception/<uuid:day>/", reception.book, name="book"),
    path("report/", reporting.report, name="report"),
    path("report/files/arriving/", files.begin, name="begin_file"),
    path("report/files/arriving/<uuid:arriving>/", files.go_on, name="arriving_file"),
    path("report/files/<uuid:basket>/<uuid:file>/", files.waiting, name="waiting_file"),
    path("receipt/<slug:code>/", reporting.receipt, name="receipt"),
    path("track/", tracking.find, name="find"),
    path("track/<slug:code>/", tracking.track, name="track"),
    path("track/<slug:code>/qr.svg", tracking.square, name="track_square"),
    path("track/<slug:code>/leave/", tracking.leave, name="leave"),
    path("track/<slug:code>/files/<uuid:file>/", files.full, name="file"),
    path("track/<slug:code>/shown/<uuid:copy>/", files.shown, name="shown_copy"),
    path("track/<slug:code>/shown/<uuid:copy>/small/", files.shown_small, name="small_copy"),
    path("track/<slug:code>/files/<uuid:file>/small/", files.small, name="small_file"),
    path("track/<slug:code>/evaluate/", answering.evaluate, name="evaluate"),
    path("track/<slug:code>/reopen/", answering.ask_reopen, name="reopen"),
    path("track/<slug:code>/review/", answering.ask_review, name="review"),
    path("track/<slug:code>/give-up/", answering.give_up, name="give_up"),
    path("track/<slug:code>/data/", mydata.data, name="data"),
    path("track/<slug:code>/data/correct/", mydata.correct, name="correct"),
    path("track/<slug:code>/data/erase/", mydata.erase, name="erase"),
    path("track/<slug:code>/data/withdraw/", mydata.withdraw, name="withdraw"),
    *mediation.patterns,
]
