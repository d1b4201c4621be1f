from fengqiao.cases.models.answers import Evaluation, Objection, ObjectionReason, ReopenRequest, Revisit
from fengqiao.cases.models.case import Assist, Case, NamedViewer
from fengqiao.cases.models.category import Category
from fengqiao.cases.models.clock import RUNNING, CaseClock, Clock, ClockRule, SpanUnit, Stage
from fengqiao.cases.models.delay import Delay
from fengqiao.cases.models.log import ActorKind, CaseLog, Unfollowed
from fengqiao.cases.models.raising import RaiseUp

__all__ = [
    "RUNNING",
    "ActorKind",
    "Assist",
    "Case",
    "CaseClock",
    "CaseLog",
    "Category",
    "Clock",
    "ClockRule",
    "Delay",
    "Evaluation",
    "NamedViewer",
    "Objection",
    "ObjectionReason",
    "RaiseUp",
    "ReopenRequest",
    "Revisit",
    "SpanUnit",
    "Stage",
    "Unfollowed",
]
