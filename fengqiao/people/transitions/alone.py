"""One administrator of a county after the other: what each judges must still be so when they are done.

Two who each end the post of the last but one auditor, or each close a unit for the other, would both be right and leave
nobody behind.
"""

from fengqiao.places.models import County


def one_at_a_time(county: str) -> None:
    """Hold the county for the acts of its administrators, before anything else; nothing else holds it."""
    list(County.objects.select_for_update().filter(code=county))
