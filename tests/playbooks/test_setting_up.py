import dataclasses
from collections import Counter
from datetime import date, datetime

import pytest
from django.core.management import call_command

from fengqiao.cases.models import Category, ClockRule
from fengqiao.mediation.models import Committee, Ladder
from fengqiao.people.duty import month_of
from fengqiao.people.models import Presence, Unit
from fengqiao.places.models import Centre, County, WorkHours
from fengqiao.playbooks import reading, setting_up
from fengqiao.playbooks.demo import stage
from fengqiao.playbooks.demo.duty import put_on_duty
from fengqiao.playbooks.preparing import founding
from fengqiao.playbooks.table import PlaybookError
from tests.cast import SHANGHAI


def test_zhenyuan_stands_with_centres_units_clocks_and_subjects(zhenyuan: County) -> None:
    units = Unit.objects.filter(county=zhenyuan.code)

    assert (zhenyuan.code, zhenyuan.tag, zhenyuan.playbook) == ("621027", "ZY", "zhenyuan")
    assert Centre.objects.filter(county=zhenyuan.code).count() == 242
    assert units.filter(kind="township").count() == 19
    assert units.filter(kind="centre").count() == 1 + 19
    assert units.filter(kind="department").count() == 16
    assert units.filter(kind="committee").count() == 4
    assert Unit.objects.get(county="621000", code="centre").name == "庆阳市综治中心"
    assert ClockRule.objects.filter(county=zhenyuan.code).count() == 11
    assert WorkHours.objects.filter(county=zhenyuan.code).count() == 2
    assert Ladder.objects.filter(county=zhenyuan.code).count() == 7
    assert Category.objects.filter(county=zhenyuan.code, level=3).count() == 512


def test_a_second_time_adds_nothing_and_leaves_what_the_county_changed(zhenyuan: County) -> None:
    Unit.objects.filter(county=zhenyuan.code, code="water").update(name="镇原县水利局", valid_to=date(2027, 1, 1))

    again = setting_up.set_up(reading.read("zhenyuan"))

    assert (again.centres, again.units, again.rules, again.categories) == (0, 0, 0, 0)
    assert (again.ladders, again.committees) == (0, 0)
    assert Unit.objects.get(county=zhenyuan.code, code="water").name == "镇原县水利局"


def test_a_committee_is_named_with_its_township_once(zhenyuan: County) -> None:
    names = Unit.objects.filter(county=zhenyuan.code, kind="committee").order_by("code").values_list("name", flat=True)

    assert list(names)[:2] == ["屯字镇街道社区居委会", "屯字镇屯字村委会"]


def test_committees_stand_at_the_county_in_its_trades_townships_and_villages(zhenyuan: County) -> None:
    committees = Committee.objects.filter(county=zhenyuan.code).select_related("unit__region")

    assert Counter(committees.values_list("kind", flat=True)) == {
        "county": 1,
        "trade": 8,
        "township": 19,
        "village": 2,
        "neighbourhood": 2,
    }
    assert {each.unit.kind for each in committees} == {"mediation"}
    assert all(each.unit.region.level == "county" for each in committees if each.kind in ("county", "trade"))
    tunzi = committees.get(kind="township", unit__name__startswith="屯字镇")
    assert (tunzi.unit.name, tunzi.tag) == ("屯字镇人民调解委员会", "屯字镇人调")
    assert committees.filter(tag="镇人调", kind="county").exists()


def test_two_villages_of_one_name_have_two_signs(zhenyuan: County) -> None:
    taken = {"平泉村人调", "平泉村2人调"}
    assert founding._free("平泉村人调", taken) == "平泉村3人调"
    assert founding._free("一二三四五六七人调", taken) == "一二三四五六七人调"
    assert founding._free("一二三四五六七人调", taken) == "一二三四五六七2人调"


def test_a_rule_that_changed_without_a_new_version_is_refused(zhenyuan: County) -> None:
    playbook = reading.read("zhenyuan")
    shorter = tuple(dataclasses.replace(rule, amount=1) for rule in playbook.clocks.rules)

    with pytest.raises(PlaybookError, match="zhenyuan-1"):
        setting_up.set_up(dataclasses.replace(playbook, clocks=dataclasses.replace(playbook.clocks, rules=shorter)))


def test_a_second_playbook_is_not_laid_over_the_first(zhenyuan: County) -> None:
    with pytest.raises(PlaybookError, match="镇原县"):
        setting_up.set_up(dataclasses.replace(reading.read("zhenyuan"), key="lanzhou"))


def test_without_its_divisions_a_county_cannot_be_set_up(db: None) -> None:
    with pytest.raises(PlaybookError, match="load_reference"):
        setting_up.set_up(reading.read("zhenyuan"))
    assert not County.objects.exists()


def test_the_command_sets_the_county_up(divisions: None) -> None:
    call_command("load_playbook", "zhenyuan", verbosity=0)

    assert County.objects.filter(code="621027").exists()


def test_units_take_part_in_the_centre_until_the_county_says_otherwise(zhenyuan: County) -> None:
    presence = Presence.objects.filter(county=zhenyuan.code)
    modes = Counter(presence.values_list("mode", flat=True))
    assert modes == {"permanent": 4, "rota": 5, "on_call": 6, "invited": 1}

    presence.filter(unit__code="police").update(mode="on_call")
    presence.filter(unit__code="power").update(valid_to=date(2026, 1, 1))
    setting_up.set_up(reading.read("zhenyuan"))

    assert presence.get(unit__code="police").mode == "on_call" and presence.count() == 16


def test_a_rota_of_a_month_for_the_demonstration(zhenyuan: County) -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    built = stage.build(zhenyuan)

    put_on_duty(built, monday)

    centre = built.units["centre"]
    march = month_of(centre, date(2026, 3, 1), built.calendar)
    assert not march.without_turn and all(day.turns for day in march.days[1:])
    assert len({turn.unit_id for day in march.days for turn in day.turns}) == 6
