"""Who takes a step when it is not a member of staff."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from fengqiao.people.models import User


@dataclass(frozen=True, slots=True)
class Resident:
    """Whoever showed the code and the secret of a report; known to us by that alone."""

    report: UUID
    case: UUID | None


@dataclass(frozen=True, slots=True)
class Machine:
    """A stated rule acting by itself, such as silence that counts as acceptance."""

    rule: str


Actor: TypeAlias = User | Resident | Machine
