"""Every template compiles and opens with what it shows and what it is given."""

from fengqiao.jobs.management.commands.check_templates import fault, ours


def test_every_template_states_its_context() -> None:
    assert [finding for path in ours() if (finding := fault(path))] == []


def test_the_way_back_stands_above_the_heading_and_looks_the_same_everywhere() -> None:
    found = [(path.name, line) for path in ours() for line in path.read_text().splitlines() if 'class="crumbs' in line]

    assert len(found) > 40
    assert [each for each in found if "page-head" in each[1]] == []
    assert [
        each for each in found if "›" not in each[1] and "arrow-left" not in each[1] and "bulk/back" not in each[1]
    ] == []
