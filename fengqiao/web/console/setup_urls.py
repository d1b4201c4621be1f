"""The administrators' pages: people and posts, units, logs. None of them shows a case."""

from django.urls import URLPattern, path

from fengqiao.web.console.views import audit, people, place_files, regions, rota, units

patterns: list[URLPattern] = [
    path("audit/", audit.audit, name="audit"),
    path("audit/table/", audit.take_log, name="take_log"),
    path("setup/rota/", rota.rota, name="rota"),
    path("setup/rota/<slug:centre>/", rota.rota_of, name="rota_of"),
    path("setup/rota/<slug:centre>/print/", rota.print_rota, name="print_rota"),
    path("setup/rota/<slug:centre>/<slug:act>/", rota.change_rota, name="change_rota"),
    path("setup/units/", units.units, name="units"),
    path("setup/units/new/", units.new_unit, name="new_unit"),
    path("setup/units/<slug:unit>/", units.unit, name="unit"),
    path("setup/units/<slug:unit>/change/", units.change_unit, name="change_unit"),
    path("setup/units/<slug:unit>/close/", units.close_unit, name="close_unit"),
    path("setup/units/", units.units, name="units"),
    path("setup/units/new/", units.new_unit, name="new_unit"),
    path("setup/units/<slug:unit>/", units.unit, name="unit"),
    path("setup/units/<slug:unit>/change/", units.change_unit, name="change_unit"),
    path("setup/units/<slug:unit>/close/", units.close_unit, name="close_unit"),
    path("setup/regions/", regions.regions, name="regions"),
    path("setup/regions/grids/", place_files.grids, name="grids"),
    path("setup/regions/grids.csv", place_files.grid_list, name="grid_list"),
    path("setup/regions/files/<uuid:sheet>/", place_files.place_file, name="place_file"),
    path("setup/regions/files/<uuid:sheet>/apply/", place_files.apply_file, name="apply_file"),
    path("setup/regions/<slug:region>/", regions.region, name="region"),
    path("setup/regions/<slug:region>/<slug:act>/", regions.change_region, name="change_region"),
    path("setup/people/", people.people, name="people"),
    path("setup/people/new/", people.new_person, name="new_person"),
    path("setup/people/follow/<slug:unit>/", people.follow_unit, name="follow_unit"),
    path("setup/people/<str:username>/", people.person, name="person"),
    path("setup/people/<str:username>/post/", people.new_post, name="new_post"),
    path("setup/people/<str:username>/posts/<uuid:post>/end/", people.end_post, name="end_post"),
    path("setup/people/<str:username>/<slug:act>/", people.change_account, name="change_account"),
]
