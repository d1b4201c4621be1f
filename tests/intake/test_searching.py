"""The search finds what a reader would find, all of it and nothing else."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.searching import search_cases, search_reports
from fengqiao.kit.bigrams import flat, pairs, words_of
from fengqiao.people.models import User
from fengqiao.places.models import Region
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

SIGNS = "水管爆了停两天张王李何秀英镇原屯字路灯的在不〇㐂𠮷𪚥﨑ABabＡｂ２0123１９-－。，％%_'\\ \n①㎡éİßﬁ"
texts = st.text(st.sampled_from(SIGNS), min_size=1, max_size=24)
planes = st.characters(max_codepoint=0xFFFF, exclude_characters="\x00", exclude_categories=["Cs", "Cn"])
anything = st.text(planes | st.characters(min_codepoint=0x20000, max_codepoint=0x3FFFF), max_size=30)
typed_words = st.text(st.sampled_from(SIGNS), min_size=1, max_size=4)
slowly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FULL_WIDTH = {sign: sign + 0xFEE0 for sign in range(ord("!"), ord("~"))}


def stands_in(typed: str, *said: str) -> bool:
    """The oracle: each word stands in what was said, as a reader sees it."""
    whole = flat("\n".join(said))
    return all(any(word in whole for word in spellings) for spellings in words_of(typed))


def said_in(case: Case, report: Report) -> list[str]:
    """What a search of this case may look at."""
    report_says = [report.code, report.title, report.text, report.place]
    return [case.number.replace("-", ""), case.title, case.public_reply, *report_says]


def copy_of(row: Case | Report, **changes: object) -> dict[str, object]:
    """The columns of a row under another id."""
    own = {field.attname for field in row._meta.concrete_fields if field.attname not in ("id", "search", "submission")}
    return {name: getattr(row, name) for name in own} | changes


def store(leak: Case, said: list[str]) -> list[tuple[Case, Report]]:
    """One case with one report for each text; the text stands in another column each time."""
    Report.objects.exclude(case=leak).delete()
    Case.objects.exclude(pk=leak.pk).delete()
    cases, reports = [], []
    for number, text in enumerate(said):
        in_case = ["title", "public_reply"][number // 3 % 2]
        in_report = ["title", "text", "place"][number % 3]
        cases.append(Case(**copy_of(leak, number=f"20260302-{number}AA9B", **{in_case: text})))
        changes = {"code": f"QXA{number:07}B", "text": "路" * 3, "case_id": cases[-1].pk, in_report: text[::-1]}
        reports.append(Report(**copy_of(leak.reports.get(), **changes)))
    Case.objects.bulk_create(cases)
    Report.objects.bulk_create(reports)
    return list(zip(cases, reports, strict=True))


@slowly
@given(text=anything)
def test_the_database_takes_a_text_apart_as_we_do(db: None, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_flat(%s), tsvector_to_array(search_bigrams(%s))", [text, text])
        ((told, taken_apart),) = cursor.fetchall()
    assert told == flat(text)
    assert sorted(taken_apart) == sorted(pairs(text))


PLANNED_FOR_EACH_ROW = """
    SELECT DISTINCT proname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang AND lanname = 'sql'
    JOIN pg_depend ON refclassid = 'pg_proc'::regclass AND refobjid = pg_proc.oid
    WHERE classid IN ('pg_class'::regclass, 'pg_attrdef'::regclass)
"""


def test_what_each_written_row_is_worked_out_by_keeps_its_plan(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLANNED_FOR_EACH_ROW)  # functions of SQL that indexes and stored columns stand on
        assert cursor.fetchall() == []


@pytest.mark.parametrize("parts_of_the_area", [0, 1, 2, 3, 4])  # none; province, prefecture, county, township
@slowly
@given(said=st.lists(texts, min_size=1, max_size=6), typed=st.lists(typed_words, min_size=1, max_size=3))
def test_it_finds_what_a_reader_finds(leak: Case, parts_of_the_area: int, said: list[str], typed: list[str]) -> None:
    rows = store(leak, said)
    stored = Case.objects.exclude(pk=leak.pk)
    path = ".".join(leak.path.split(".")[:parts_of_the_area])
    within = Region.objects.get(path=path) if path else None

    for one in [*typed, " ".join(typed), *(text[2:6] for text in said)]:
        found = {case.pk for case, report in rows if stands_in(one, *said_in(case, report))}
        told = {report.pk for _, report in rows if stands_in(one, report.code, report.title, report.text, report.place)}
        assert set(search_cases(stored, one, within).values_list("pk", flat=True)) == found, one
        reports = search_reports(Report.objects.exclude(case=leak), one, within)
        assert set(reports.values_list("pk", flat=True)) == told, one


@pytest.mark.parametrize(
    "typed", ["何秀英", "2.5吨", "Ｇ２４４", "g244", "一〇八", "𠮷家", "村口 水管", "管爆了。家", "管"]
)
def test_it_finds_names_numbers_and_rare_signs(qing: QingCounty, typed: str) -> None:
    text = "村民何秀英、𠮷家兄弟反映：Ｇ２４４线一〇八号村口水管爆了。家里漏了２．５吨水"
    report = acts.receive(qing, text=text).report
    acts.receive(qing, text="水，村，管理，何英秀，爆水管")

    found = set(search_reports(Report.objects.all(), typed))

    assert report in found
    assert len(found) == (2 if typed == "管" else 1)


def test_neighbours_across_a_comma_are_no_word(qing: QingCounty) -> None:
    acts.receive(qing, text="停水，管子坏了")

    assert not search_reports(Report.objects.all(), "水管").exists()
    assert search_reports(Report.objects.all(), "水，管").exists()


def test_the_pairs_alone_do_not_decide(qing: QingCounty) -> None:
    acts.receive(qing, text="水管和管道")

    assert not search_reports(Report.objects.all(), "水管道").exists()


@pytest.mark.parametrize("spoken", ["{}", "查询码：{}", " {} "])
def test_a_code_and_a_number_are_found_however_typed(leak: Case, spoken: str) -> None:
    code, number = leak.reports.get().spoken_code, leak.number
    ways = [code, code.lower(), code.replace("-", " "), code.replace("-", "—"), code.translate(FULL_WIDTH)]

    for way in ways:
        assert list(search_cases(Case.objects.all(), spoken.format(way))) == [leak], way
    for way in [number, number.lower(), number.replace("-", " "), number.replace("-", "–"), number[4:]]:
        assert list(search_cases(Case.objects.all(), way)) == [leak], way


def test_an_answer_is_found_once_it_is_given(qing: QingCounty, sent_leak: Case) -> None:
    assert not search_cases(Case.objects.all(), "恢复供水").exists()

    acts.conclude(qing, sent_leak)

    assert list(search_cases(Case.objects.all(), "恢复供水")) == [sent_leak]


def test_words_may_stand_in_different_reports_of_one_case(qing: QingCounty, leak: Case) -> None:
    more = acts.receive(qing, text="井盖也冲走了").report
    Report.objects.filter(pk=more.pk).update(case=leak, status="in_case")

    assert list(search_cases(Case.objects.all(), "井盖 停水")) == [leak]
    assert list(search_cases(Case.objects.all(), "井盖 路灯")) == []


def test_nobody_finds_what_they_cannot_see(qing: QingCounty) -> None:
    secret = acts.open_accusation(qing)

    def finds(user: User) -> bool:
        cases = search_cases(Case.objects.visible_to(user, MONDAY_9AM), "收费不开票").exists()
        assert cases == search_reports(Report.objects.visible_to(user, MONDAY_9AM), "收费不开票").exists()
        return cases

    assert finds(qing.ma_clerks)
    for user in (
        qing.zhou_clerks,
        qing.chen_dispatches,
        qing.liu_handles_water,
        qing.sun_dispatches_west,
        qing.gao_leads,
    ):
        assert not finds(user), user
    assert secret.is_restricted
