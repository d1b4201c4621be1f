"""Every template compiles and opens with what it shows and what it is given."""

import re

from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.jobs.management.commands.check_templates import fault, ours
from tests.architecture import files


def test_every_template_states_its_context() -> None:
    assert [finding for path in ours() if (finding := fault(path))] == []


def test_the_way_back_stands_above_the_heading_and_looks_the_same_everywhere() -> None:
    found = [(path.name, line) for path in ours() for line in path.read_text().splitlines() if 'class="crumbs' in line]

    assert len(found) > 40
    assert [each for each in found if "page-head" in each[1]] == []
    assert [
        each for each in found if "›" not in each[1] and "arrow-left" not in each[1] and "bulk/back" not in each[1]
    ] == []


def test_every_icon_that_is_built_is_drawn_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in files.ours(".html", ".py", ".ts", under=("fengqiao",)))
    built = (CHECKOUT / "frontend" / "icons.txt").read_text(encoding="utf-8").split()
    assert [name for name in built if not re.search(f"""["']{name}["']""", code)] == []
