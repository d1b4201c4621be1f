"""Every template compiles and opens with what it shows and what it is given."""

from fengqiao.jobs.management.commands.check_templates import fault, ours


def test_every_template_states_its_context() -> None:
    assert [finding for path in ours() if (finding := fault(path))] == []
