"""One script on its way: what has become of it, and who acts next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.actors import Resident
from fengqiao.people.models import Unit, User
from fengqiao.playbooks.demo.reading import Script
from fengqiao.playbooks.demo.stage import Stage

Said = dict[str, Any]


@dataclass(slots=True)
class Scene:
    """One script on its way."""

    stage: Stage
    script: Script
    secret: str = ""
    reports: int = 0
    report_id: UUID | None = None
    case_id: UUID | None = None

    @property
    def report(self) -> Report:
        """The report the script began with, as it stands now."""
        return Report.objects.select_related("region").get(pk=_known(self.report_id))

    @property
    def case(self) -> Case:
        """Its case, as it stands now."""
        return Case.objects.select_related("lead").get(pk=_known(self.case_id))

    @property
    def resident(self) -> Resident:
        """Whoever brought the report."""
        return Resident(_known(self.report_id), self.case_id)

    def who(self, said: Said, usual: str) -> User:
        """Find who takes a step: the one named, else the one who usually does."""
        return self.stage.users[said.get("by", usual)]

    def handler(self, said: Said) -> User:
        """Find who acts for the lead unit."""
        if "by" in said:
            return self.stage.users[said["by"]]
        lead = self.case.lead
        assert lead is not None  # a script that lets a unit act before dispatch is wrong
        return self.stage.handlers[lead.code]

    def unit(self, code: str) -> Unit:
        """Find a unit of the county."""
        return self.stage.units[code]


def _known(pk: UUID | None) -> UUID:
    """Give the key of what an earlier line must have made."""
    if pk is None:
        raise LookupError("This line of the script comes too early.")
    return pk
