"""The other roads that stay open when a mediation settles nothing, or not all (人民调解法 art. 26), by type of dispute.

A default for the mediator, who may write something more fitting. Only what is sure is said: no limit of time stands
here that the rules do not name.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.vocabulary import DisputeType

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from fengqiao.mediation.models import Agreement, Dossier

USUAL = _(
    "Arbitration where the parties have agreed on it, the competent department, or an action at the people's court."
)
_LABOUR = _(  # 劳动争议调解仲裁法 art. 5, 27
    "Labour arbitration, asked for within one year, and after it the people's court; over wages also a complaint to the"
    " labour inspection."
)
_LAND = _(  # 农村土地承包经营纠纷调解仲裁法 art. 4, 18; 土地管理法 art. 14
    "Over contracted land: land contract arbitration, asked for within two years, or an action at the people's court."
    " Over ownership or use of land or forest: a decision of the people's government, and after it the court."
)
_TAKING = _("Administrative reconsideration, or an action against the administration at the people's court.")
_CONSUMER = _("A complaint to market supervision, arbitration where agreed, or an action at the people's court.")
_MEDICAL = _("Administrative mediation by the health authority, or an action at the people's court.")
_TRAFFIC = _(  # 道路交通事故处理程序规定 art. 90
    "Mediation by the traffic police, asked for jointly within three days, or an action at the people's court."
)
_FAMILY = _("An action at the people's court; whoever suffers violence may ask it for a protection order at any time.")

BY_TYPE: "dict[str, StrPromise | str]" = {
    DisputeType.FAMILY: _FAMILY,
    DisputeType.LABOUR: _LABOUR,
    DisputeType.WAGES: _LABOUR,
    DisputeType.LAND: _LAND,
    DisputeType.EXPROPRIATION: _TAKING,
    DisputeType.MEDICAL: _MEDICAL,
    DisputeType.TRAFFIC: _TRAFFIC,
    DisputeType.CONSUMER: _CONSUMER,
    DisputeType.E_COMMERCE: _CONSUMER,
    DisputeType.TOURISM: _CONSUMER,
}


def usual(type_: str) -> str:
    """Name the other roads for a dispute of this type."""
    return str(BY_TYPE.get(type_, USUAL))


def of(dossier: "Dossier") -> str:
    """Name the other roads of a mediation that ended: the mediator's words, or the usual ones in this language."""
    return usual(dossier.type) if dossier.usual_roads else dossier.remedies


def rest_of(agreement: "Agreement") -> str:
    """Say what an agreement on a part leaves open, with the other roads for it."""
    return f"{agreement.rest}\n{usual(agreement.dossier.type)}" if agreement.usual_roads else agreement.rest
