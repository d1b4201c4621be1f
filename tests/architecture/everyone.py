"""Everybody of Qing County, and one whose role no line of ours knows; a plain matter, and one that is restricted."""

from fengqiao.cases.models import Case
from fengqiao.people.models import Role
from tests import acts, cast, photos
from tests.cases import steps
from tests.cast import QingCounty

SECRET_WORD = "蓝色水塔"  # stands in the text and the title of the thing looked for, and nowhere else
PEOPLE = [
    "ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "sun_dispatches_west", "liu_handles_water",
    "zhao_handles_roads", "han_handles_east", "wu_supervises", "tang_supervises_above", "fang_dispatches_above",
    "qian_walks_the_grid", "gao_leads", "bai_audits", "feng_secures", "shi_runs_the_system", "deng_is_a_stranger",
    "xu_has_a_role_nobody_thought_of",
]  # fmt: skip


def plain(qing: QingCounty) -> Case:
    """A case in East Town, with the water bureau."""
    case = acts.open_leak(qing, title=f"{SECRET_WORD}漏水")
    photos.with_a_copy(case, by=qing.ma_clerks)
    return acts.dispatch(qing, case)


def hidden(qing: QingCounty) -> Case:
    """An accusation against the water bureau."""
    case = steps.restricted(qing)
    Case.objects.filter(pk=case.pk).update(title=f"{SECRET_WORD}收费")
    photos.with_a_copy(case, by=qing.ma_clerks)
    return case


def people(qing: QingCounty) -> dict[str, object]:
    """Collect everybody, and one whose role no line of ours knows."""
    odd = cast.user("xu_has_a_role_nobody_thought_of", "徐奇")
    cast.hold(odd, Role.CLERK, qing.root, qing.centre)
    odd.posts.update(role="astrologer")
    return {who: getattr(qing, who, odd) for who in PEOPLE}
