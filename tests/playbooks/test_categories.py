from fengqiao.cases.models import Category
from fengqiao.playbooks.categories import load_categories, read_categories
from tests.cast import QING, QingCounty

# What a record of which would say what a person believes, where they come from, or whom they follow.
NEVER_RECORDED = ("民族", "宗教", "统战")


def test_the_list_holds_512_subjects_and_none_that_labels_a_person() -> None:
    rows = read_categories()

    assert sum(len(code) == 6 for code, _name in rows) == 512
    assert not [name for _code, name in rows if any(word in name for word in NEVER_RECORDED)]


def test_every_subject_stands_under_a_parent_and_no_code_is_given_twice() -> None:
    codes = [code for code, _name in read_categories()]

    assert len(codes) == len(set(codes))
    assert all(code[:-2] in codes for code in codes if len(code) > 2)


def test_loading_twice_adds_nothing_and_keeps_what_the_county_renamed(qing: QingCounty) -> None:
    assert load_categories(QING) == len(read_categories())
    Category.objects.filter(county=QING, code="0101").update(name="安全")

    assert load_categories(QING) == 0
    assert Category.objects.get(county=QING, code="0101").name == "安全"
    assert Category.objects.filter(county=QING, level=3).count() == 512


def test_a_subject_knows_its_parent(qing: QingCounty) -> None:
    load_categories(QING)

    pipe = Category.objects.get(county=QING, name="自来水供应")
    assert pipe.parent is not None
    assert (pipe.level, pipe.parent.code) == (3, pipe.code[:4])
