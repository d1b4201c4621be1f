"""What a line of the log says of what was decided."""

from fengqiao.cases.models import CaseLog
from fengqiao.web.console.loglines import entries


def test_a_reader_sees_what_was_decided_in_a_fixed_order_and_nothing_empty() -> None:
    facts: dict[str, object] = {"assist": [], "rule": "", "tier": None, "given_to": "李明", "unit_name": "住建局"}
    facts |= {"unknown": "?"}
    line = CaseLog(line=1, verb="dispatch", actor="machine", facts=facts)

    assert [entry.facts for entry in entries([line], seen=1)] == [(("主办单位", "住建局"), ("交给", "李明"))]
