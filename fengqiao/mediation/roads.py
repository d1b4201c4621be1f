"""The roads that stay open beside mediation; nobody may be kept from them (人民调解法 art. 3, 26)."""

from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.vocabulary import DisputeType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SUE = _("Bring the matter before the people's court.")
ADVICE = _("Ask for free legal advice at 12348; whoever cannot pay a lawyer may get legal aid.")
LABOUR = _("Ask the labour arbitration commission; this can be done for one year, and comes before the court.")
LAND = _("Ask the arbitration commission for rural land, or go to court at once; this can be done for two years.")
TRAFFIC = _("Ask the traffic police together to mediate, within ten days of their finding.")
CONSUMER = _("Complain at 12315.")
MEDICAL = _("Ask the health authority to mediate, or have the treatment assessed.")
OFFICE = _("Ask the office in charge to decide, where the law leaves it to an office.")

FIRST = {
    DisputeType.WAGES: LABOUR,
    DisputeType.LABOUR: LABOUR,
    DisputeType.LAND: LAND,
    DisputeType.TRAFFIC: TRAFFIC,
    DisputeType.CONSUMER: CONSUMER,
    DisputeType.E_COMMERCE: CONSUMER,
    DisputeType.TOURISM: CONSUMER,
    DisputeType.MEDICAL: MEDICAL,
    DisputeType.EXPROPRIATION: OFFICE,
    DisputeType.ENVIRONMENT: OFFICE,
}


def roads_for(type_: str) -> list["StrPromise | str"]:
    """List the other roads for a type of dispute, the one that is made for it first."""
    first = FIRST.get(DisputeType(type_))
    return [*([first] if first else []), SUE, ADVICE]
