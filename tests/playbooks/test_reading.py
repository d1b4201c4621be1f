import pytest

from fengqiao.playbooks import reading
from fengqiao.playbooks.table import PlaybookError

ZHENYUAN = (reading.FOLDER / "zhenyuan.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", reading.available())
def test_every_playbook_that_is_shipped_can_be_read(key: str) -> None:
    assert reading.read(key).key == key


def test_zhenyuan_says_what_the_rulings_say() -> None:
    playbook = reading.read("zhenyuan")

    spans = {(rule.stage, rule.urgency): (rule.amount, rule.unit) for rule in playbook.clocks.rules}
    assert (playbook.place.code, playbook.place.tag) == ("621027", "ZY")
    assert spans["triage", ""] == spans["dispatch", ""] == (2, "working_hours")
    assert spans["accept", ""] == (4, "working_hours")
    assert spans["handle", "urgent"] == (24, "hours")
    assert spans["handle", "ordinary"] == (5, "working_days")
    assert spans["handle", "complex"] == (15, "working_days")
    assert spans["designate", ""] == spans["decide", ""] == (1, "working_days")
    assert (spans["evaluate", ""], spans["reopen", ""], spans["revisit", ""]) == (
        (15, "days"),
        (30, "days"),
        (30, "days"),
    )


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ('code = "621027"', 'code = "62102"', "county.code"),
        ('tag = "ZY"', 'tag = "zy"', "county.tag"),
        ('tag = "ZY"', "", "county.tag"),
        ('name = "镇原县"', 'name = "  "', "county.name"),
        ("opens = 14:30:00", 'opens = "14:30"', "hours[2].opens"),
        ('stage = "accept"', 'stage = "acept"', "clocks.rules[3].stage"),
        ("amount = 24", "amount = 0", "clocks.rules[5].amount"),
        ("amount = 24", "amount = true", "clocks.rules[5].amount"),
        ('urgency = "complex"', 'urgency = "urgent"', "clocks.rules"),
        ('urgency = "complex"\n', "", "clocks.rules"),
        ('kind = "partner"', 'kind = "company"', "units[17].kind"),
        ('kind = "partner"', 'kind = "partner"\ncolour = "red"', "units[17].colour"),
        ("{place}人民政府", "人民政府", "townships.office_name"),
        ('"621027104200"', '"平泉"', "villages.committees_of[4]"),
        ("[centre]", "[center]", "centre"),
        ("valid_from = 2017-01-01", "valid_from = 2017", "clocks.valid_from"),
        ('mode = "invited"', 'mode = "sometimes"', "presence[16].mode"),
        ('unit = "power"\nmode', 'unit = "wind"\nmode', "presence[16].unit"),
        ('unit = "power"\nmode', 'unit = "water"\nmode', "presence"),
    ],
)
def test_a_wrong_key_is_named_in_full(right: str, wrong: str, key: str) -> None:
    assert right in ZHENYUAN

    with pytest.raises(PlaybookError) as fault:
        reading.parse("zhenyuan", ZHENYUAN.replace(right, wrong))
    assert str(fault.value).startswith(f"{key}: ")


def test_a_file_that_is_no_toml_says_where() -> None:
    with pytest.raises(PlaybookError, match="line 2"):
        reading.parse("zhenyuan", "name = 1\nname = \n")


def test_an_unknown_playbook_is_refused_with_those_there_are() -> None:
    with pytest.raises(PlaybookError, match="zhenyuan"):
        reading.read("../zhenyuan.toml")
