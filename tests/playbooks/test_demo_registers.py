"""Who mediates in the demonstration."""

from django.utils.timezone import localdate

from fengqiao.mediation.models import Committee, Expert, Mediator, Studio
from fengqiao.mediation.registers_check import counted, warnings_of
from fengqiao.people.models import Role
from fengqiao.places.models import County
from fengqiao.playbooks.demo import registers, stage
from tests.cast import MONDAY_9AM


def test_committees_have_mediators_who_can_sign_in_and_a_second_time_adds_nobody(zhenyuan: County) -> None:
    built = stage.build(zhenyuan)
    registers.register(built)
    registers.register(built)

    accounts = Mediator.objects.filter(user__isnull=False)
    assert {each.user.posts.get().role for each in accounts if each.user} == {Role.MEDIATOR}
    assert sorted(accounts.values_list("memberships__committee__kind", flat=True)) == [
        "county", "township", "township", "village", "village",
    ]  # fmt: skip
    for each in accounts:
        assert each.user and each.user.posts.get().unit == each.memberships.get().committee.unit
    assert (Mediator.objects.count(), Studio.objects.count(), Expert.objects.count()) == (15, 2, 3)
    today = localdate(MONDAY_9AM)
    whole = counted(Committee.objects.filter(memberships__isnull=False).distinct(), today).get(tag="镇人调")
    assert warnings_of(whole, today) == []
