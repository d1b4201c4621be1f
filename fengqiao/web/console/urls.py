"""The staff's desk. Everything here asks for a sign-in; what one may not see does not exist."""

from django.urls import path

from fengqiao.web.console import setup_urls
from fengqiao.web.console.views import (
    bulk,
    cases,
    channels,
    contacts,
    day,
    feeds,
    files,
    filters,
    help,
    home,
    intake,
    places,
    printing,
    reports,
    triage,
    worklist,
)

app_name = "console"
urlpatterns = [
    path("", home.home, name="home"),
    path("day/", day.day, name="day"),
    path("day/note/", day.add_note, name="add_note"),
    path("help/", help.help_page, name="help"),
    path("channels/", channels.my_channels, name="my_channels"),
    path("cases/", worklist.cases, name="cases"),
    path("cases/<slug:number>/", cases.case, name="case"),
    path("cases/<slug:number>/print/", printing.print_case, name="print"),
    path("cases/<slug:number>/<slug:verb>/", cases.take_step, name="step"),
    path("filters/", filters.kept, name="filters"),
    path("filters/<uuid:saved>/", filters.change, name="change_filter"),
    path("dates/", feeds.calendar, name="dates"),
    path("bulk/", bulk.choose, name="bulk"),
    path("bulk/check/", bulk.check, name="bulk_check"),
    path("bulk/do/", bulk.confirm, name="bulk_confirm"),
    path("bulk/<uuid:run>/", bulk.run, name="bulk_run"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:code>/", triage.report, name="report"),
    path("reports/<slug:code>/contact/", contacts.contact, name="contact"),
    path("reports/<slug:code>/secret/", contacts.reissue_secret, name="reissue_secret"),
    path("reports/<slug:code>/<slug:verb>/", triage.decide, name="decide"),
    path("files/arriving/", files.begin, name="begin_file"),
    path("files/arriving/<uuid:waiting>/", files.go_on, name="arriving_file"),
    path("files/waiting/<uuid:waiting>/", files.waiting, name="waiting_file"),
    path("files/<uuid:file>/", files.full, name="file"),
    path("files/<uuid:file>/small/", files.small, name="small_file"),
    path("intake/", intake.receive, name="receive"),
    path("intake/similar/", intake.similar, name="similar"),
    path("intake/<slug:code>/", intake.received, name="received"),
    path("places/", places.places, name="places"),
    *setup_urls.patterns,
]
