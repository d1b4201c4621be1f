"""The place a report begins with: that of whoever takes in for one grid or village alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.people.models import Role
from tests.cast import QingCounty, hold, person
from tests.web.console.conftest import SignIn


def begins_at(client: Client, name: str) -> list[str]:
    page = client.get(reverse(f"console:{name}")).content.decode()
    asked = page.split('name="region"')[1].split("</select>")[0]
    return re.findall(r'<option value="([^"]+)" selected', asked)


@pytest.mark.parametrize("name", ["receive", "errand"])
def test_the_place_begins_with_the_one_grid_or_village_one_takes_in_for(
    qing: QingCounty, sign_in: SignIn, name: str
) -> None:
    assert begins_at(sign_in(qing.qian_walks_the_grid), name) == [str(qing.grid.pk)]
    clerk = person("niu_clerks_willow", "牛柳", Role.CLERK, qing.willow, qing.east_office)
    assert begins_at(sign_in(clerk), name) == [str(qing.willow.pk)]
    hold(clerk, Role.MEDIATOR, qing.east, qing.east_office)  # takes in disputes, by a form of its own
    assert begins_at(sign_in(clerk), name) == [str(qing.willow.pk)]

    hold(clerk, Role.GRID_WORKER, qing.grid, qing.east_office)
    town = person("niu_clerks_east", "牛东", Role.CLERK, qing.east, qing.east_office)
    for by in (clerk, town, qing.ma_clerks):
        assert begins_at(sign_in(by), name) == []
