"""Papers filled from the quarrel over the ridge: what the dossier knows stands on them, and nothing it may not say."""

from datetime import date, timedelta
from typing import cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengqiao.mediation.models import Agent, Dossier, FollowUp, Identity, Meeting, Party
from fengqiao.mediation.papers import contents, filling, pdf
from fengqiao.mediation.papers.fields import tree
from fengqiao.mediation.papers.offering import find, papers_of
from fengqiao.mediation.papers.people import side_in_words
from fengqiao.mediation.transitions import agreeing, ending, inviting, meetings
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.vocabulary import Ground, MeetingKind, Source
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.papers.reading import of_word
from tests.mediation.table import DAY, Table

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY_9AM + DAY
HOUR = timedelta(hours=1)


def keys(dossier: Dossier) -> list[str]:
    """Name the papers a dossier has, without the ids of meetings and visits."""
    return [offer.key.partition("-")[0] for offer in papers_of(dossier)]


def text(dossier: Dossier, key: str) -> str:
    """Read one paper of a dossier."""
    offer = next(offer for offer in papers_of(dossier) if offer.key.startswith(key))
    return of_word(offer.fill())


def meet(table: Table, dossier: Dossier, **changes: object) -> Meeting:
    """Both sides meet on Tuesday at nine, with the neighbour both agreed to."""
    by = table.he_mediates_willow
    plan = Plan(kind=MeetingKind.IN_PERSON, place="村委会调解室", starts_at=TUESDAY, recorder="金桂香")
    meeting = meetings.plan(dossier, plan, by=by, at=MONDAY_9AM)
    guest = inviting.invite(dossier, Helper(name="周大爷", role="邻居"), by=by, at=MONDAY_9AM)
    for party in dossier.parties.all():
        guest = inviting.answer(guest, party=party, agrees=True, by=by, at=MONDAY_9AM)
    said: dict[str, object] = {"statements": "张：埂挪了一尺多。", "result": "同意周四丈量。", "recorder": "金桂香"}
    written = Minutes(held_at=TUESDAY, ended_at=TUESDAY + HOUR, **(said | changes))  # type: ignore[arg-type]
    zhang, wang = dossier.parties.get(side=1), dossier.parties.get(side=2)
    seats = {zhang: Seat(was_there=True), wang: Seat(was_there=False)}
    return meetings.hold(meeting, written, seats=seats, guests=[guest], by=by, at=TUESDAY + HOUR)


def test_papers_come_as_the_dossier_goes_on(table: Table, under_way: Dossier) -> None:
    assert keys(under_way) == ["cover", "index", "application", "acceptance", "rights"]

    meet(table, under_way)
    assert keys(under_way)[5:] == ["minutes"]

    tables.settle(table, under_way, at=TUESDAY + DAY)
    under_way.refresh_from_db()
    assert keys(under_way)[5:] == ["minutes", "agreement", "slip"]


def test_every_paper_of_a_dossier_can_be_drawn(table: Table, under_way: Dossier) -> None:
    meet(table, under_way)
    tables.settle(table, under_way, at=TUESDAY + DAY)
    FollowUp.objects.create(
        county=under_way.county,
        dossier=under_way,
        reason="看协议是否履行",
        words="地埂已恢复。",
        is_kept=True,
        is_content=False,
        new_signs="水渠又堵了",
        by=table.he_mediates_willow,
        at=TUESDAY + 30 * DAY,
    )
    under_way.refresh_from_db()

    for offer in papers_of(under_way):
        assert pdf.draw(offer.fill())[:5] == b"%PDF-"
        found = of_word(offer.fill())
        assert under_way.number in found and "柳树村人民调解委员会" in found
    visit = text(under_way, "followup")
    assert "地埂已恢复。协议履行：已按约定履行。当事人是否满意：不满意。新的情况：水渠又堵了" in visit


def test_the_agreement_says_who_owes_whom_what_by_when(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)
    said = text(under_way, "agreement")

    assert (
        "由王守田于2026年3月15日前向张福来履行：赔偿麦苗损失；金额：人民币300.00元（大写：叁佰元整）；方式：现金。"
        in said
    )
    assert "地埂恢复原处；麦苗损失一次赔清。" in said
    assert "本协议一式3份" in said
    assert "申请人：张福来" in said and "被申请人：王守田" in said and "人民调解员（签名）：何老五" in said


def test_a_draft_has_no_day_and_no_slip(table: Table, under_way: Dossier) -> None:
    tables.draft(table, under_way)

    assert cast(contents.Agreement, find(under_way, "agreement").fill()).day is None  # type: ignore[union-attr]
    assert find(under_way, "slip") is None


def test_what_was_agreed_by_word_of_mouth_is_another_paper(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    agreeing.agree_orally(under_way, tables.wording(under_way), agreed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    under_way.refresh_from_db()

    assert keys(under_way)[5:] == ["oral", "slip"]
    assert "达成口头协议" in text(under_way, "slip")


def test_an_end_without_agreement_names_the_ground_and_the_other_roads(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    ended = ending.end(under_way, Ground.NO_PROSPECT, "各说各的理。", remedies="向法院起诉。", by=by, at=TUESDAY)
    said = text(ended, "termination")

    assert keys(ended)[5:] == ["termination", "slip"]
    assert "各说各的理。" in said and "向法院起诉。" in said and "第二十六条" in said


def test_minutes_say_who_was_there(table: Table, under_way: Dossier) -> None:
    meet(table, under_way, concessions="张愿意少要一百元。", verified="埂挪了四十公分。")
    said = text(under_way, "minutes")

    assert "王守田未到场。张：埂挪了一尺多。" in said
    assert "周大爷（邻居）" in said and "金桂香" in said and "埂挪了四十公分。" in said
    assert "不得作为对其不利的证据）：张愿意少要一百元。" in said


def test_facts_not_in_dispute_are_printed_only_if_the_parties_agreed(table: Table, under_way: Dossier) -> None:
    meeting = meet(table, under_way, undisputed="埂在两家之间。", is_undisputed_agreed=True)
    assert "埂在两家之间。" in text(under_way, "minutes")

    Meeting.objects.filter(pk=meeting.pk).update(is_undisputed_agreed=False)
    assert "埂在两家之间。" not in text(under_way, "minutes")


def test_a_minor_stands_with_the_guardian_who_signs(under_way: Dossier) -> None:
    child = under_way.parties.get(side=2)
    Party.objects.filter(pk=child.pk).update(is_minor=True, born_on=date(2012, 3, 9), gender="男")
    Agent.objects.create(
        county=child.county, party=child, kind="guardian", name="王大山", relation="父亲", at=MONDAY_9AM
    )
    said = text(under_way, "application")

    assert "监护人：王大山（父亲）" in said
    assert "男，13周岁" in said
    assert "王守田的监护人：王大山（父亲）" in text(under_way, "acceptance")
    assert "被申请人：王守田" not in text(under_way, "acceptance")


def test_whoever_left_stands_on_no_new_paper(under_way: Dossier) -> None:
    under_way.parties.filter(side=2).update(left_at=TUESDAY, left_why="死亡")

    assert "王守田" not in text(under_way, "rights")


def test_identity_numbers_stand_only_where_the_caller_opened_them(table: Table, under_way: Dossier) -> None:
    made = tables.draft(table, under_way)
    zhang = under_way.parties.get(side=1)

    assert {party.identity for party in filling.agreement(made).parties} == {""}
    Identity.objects.create(
        county=zhang.county, party=zhang, sealed=b"-", key_id="-", tail="002X", needed_for="协议书", at=MONDAY_9AM
    )
    assert [party.identity for party in filling.agreement(made).parties] == ["****002X", ""]
    opened = filling.agreement(made, identities={zhang.pk: "620000197401010000"})
    assert [party.identity for party in opened.parties] == ["620000197401010000", ""]


def test_a_paper_without_a_place_for_identity_numbers_has_not_even_their_end(table: Table, under_way: Dossier) -> None:
    for party in under_way.parties.all():
        facts = {"sealed": b"-", "key_id": "-", "tail": "002X", "needed_for": "协议书", "at": MONDAY_9AM}
        Identity.objects.create(county=party.county, party=party, **facts)
    meet(table, under_way)
    tables.settle(table, under_way, at=TUESDAY + DAY)
    under_way.refresh_from_db()
    said = {offer.form.kind: str(tree(offer.fill())).count("****002X") for offer in papers_of(under_way)}

    assert {kind for kind, times in said.items() if times} == {"application", "agreement"}


def test_sides_are_named_by_who_asked_else_by_the_stems() -> None:
    asked = [side_in_words(side, Source.APPLICATION) for side in (1, 2, 3)]

    assert asked == ["申请人", "被申请人", "丙方"]
    assert [side_in_words(side, Source.POLICE) for side in (1, 2, 11)] == ["甲方", "乙方", "第11方"]


def test_what_came_from_elsewhere_has_no_application(under_way: Dossier) -> None:
    Dossier.objects.filter(pk=under_way.pk).update(source=Source.POLICE)
    under_way.refresh_from_db()

    assert "application" not in keys(under_way)
    assert "①当事人申请（）②人民调解委员会主动调解（√）公安机关" in text(under_way, "acceptance")


def test_a_paper_asks_the_database_little(table: Table, under_way: Dossier) -> None:
    meet(table, under_way)
    tables.settle(table, under_way, at=TUESDAY + DAY)
    under_way.refresh_from_db()
    for offer in papers_of(under_way):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            offer.fill()
        assert len(asked) <= 9, offer.key
