"""The registers of mediation in a real browser: handsome at both widths, nothing serious for axe."""

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.mediation.models import Expert, Mediator, Studio
from tests.browser.conftest import Shot
from tests.browser.test_resident import faults
from tests.browser.test_units import sit
from tests.cast import LONG_AGO, QING, QingCounty
from tests.mediation import table as tables


def test_the_registers_are_handsome(page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer) -> None:
    table = tables.build(qing)
    he = table.mediator(table.he_mediates_willow)
    Mediator.objects.filter(pk=he.pk).update(types=["land", "neighbours"], languages="方言", phone="13900000078")
    studio = Studio.objects.create(
        county=QING, name="何老五调解室", mediator=he, committee=table.village.committee, opened_on=LONG_AGO
    )
    expert = Expert.objects.create(county=QING, name="周明", body="县医院", field="骨科")
    pages = {
        "committees": "mediation/committees/", "committee": "mediation/committees/mc-willow/",
        "mediators": "mediation/mediators/", "mediator": f"mediation/mediators/{he.pk}/",
        "roll": "mediation/roll/", "limits": "setup/rules/spot/",
        "studios": "mediation/studios/", "experts": "mediation/experts/",
        "studio": f"setup/mediation/studios/{studio.pk}/change/",
        "closing": f"setup/mediation/studios/{studio.pk}/close/",
        "expert": f"setup/mediation/experts/{expert.pk}/end/", "new": "setup/mediation/committees/new/",
        "person": f"setup/mediation/mediators/{he.pk}/change/", "seat": f"setup/mediation/mediators/{he.pk}/seat/",
        "table": "setup/mediation/tables/mediators/",
    }  # fmt: skip
    sit(page, live_server.url, qing.shi_runs_the_system)
    for name, address in pages.items():
        page.goto(f"{live_server.url}/console/{address}")
        shot(page, f"registers-{name}")
        assert faults(page) == [], name
    sit(page, live_server.url, qing.wu_supervises)
    page.goto(f"{live_server.url}/console/{pages['mediator']}")
    shot(page, "registers-complaints")
    assert faults(page) == []
