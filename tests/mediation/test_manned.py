"""A dispute is nobody's only if nobody mediates where it is; a committee needs no handler."""

from fengqiao.cases.stranded import with_an_empty_lead
from fengqiao.mediation.models import Dossier
from fengqiao.people.models import Post, Role
from tests.cast import MONDAY_9AM
from tests.mediation.table import DAY, Table


def test_a_committee_with_mediators_is_manned_without_a_handler(table: Table, under_way: Dossier) -> None:
    later, posts = MONDAY_9AM + DAY, Post.objects.filter(unit=table.village)
    assert not posts.filter(role=Role.HANDLER).exists()
    assert list(with_an_empty_lead(later)) == []
    posts.filter(user=table.he_mediates_willow).delete()
    assert list(with_an_empty_lead(later)) == []
    posts.update(role=Role.HANDLER)  # who handles is not who mediates
    assert list(with_an_empty_lead(later)) == [under_way.case]
