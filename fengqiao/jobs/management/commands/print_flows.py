"""`manage.py print_flows`: the life of a case as a page, drawn from the table of steps and the code of the steps."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from fengqiao.cases import policy, transitions
from fengqiao.cases.workflow import STEPS, Status, Step
from fengqiao.followups import FOLLOW_UPS
from fengqiao.people.models import Role

HEAD = """# The life of a case

Printed by `manage.py print_flows` from the table of steps (`cases/workflow.py`), who takes them (`cases/policy.py`),
the code of the steps (`cases/transitions/`) and what follows them (`followups.py`). A test compares: change those and
print again, never change this page by hand. The words are explained in the [glossary](../glossary.md).
"""
TABLE = """
## Every step

“Stays”: the status does not change. A clock in brackets is touched only in some cases of the step. *By rule*: the
machine may take this step by itself, and the log names the rule.

| step | leaves | reaches | who | clocks | what follows |
|---|---|---|---|---|---|
"""

# What `deadlines` does to a clock; `ahead` builds the one with which a case begins.
TOUCHES = {each: each for each in ("start", "meet", "stop", "extend", "pause", "resume")} | {"ahead": "start"}


@dataclass
class Body:
    """What one function of the transitions does: the step it takes, the clocks it touches, the functions it calls."""

    verb: str = ""
    clocks: list[str] = field(default_factory=list)
    calls: list[tuple[str, bool]] = field(default_factory=list)


class Command(BaseCommand):
    help = "Print the life of a case: states, steps, who takes them, which clocks they touch and what follows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        with override("en"):
            self.stdout.write(page(), ending="")


def page() -> str:
    """Draw the whole page."""
    clocks = clocks_of_steps()
    rows = [_row(verb, step, clocks.get(verb, [])) for verb, step in STEPS.items()]
    return HEAD + _diagram() + _states() + TABLE + "\n".join(rows) + "\n"


def clocks_of_steps() -> dict[str, list[str]]:
    """Read out of the transitions which clocks each step starts, meets or stops."""
    bodies = dict(_bodies(Path(transitions.__path__[0])))
    return {body.verb: _unique(_followed(name, bodies)) for name, body in bodies.items() if body.verb}


def _diagram() -> str:
    arrows = [f"    [*] --> {STEPS['open'].reaches}: open"]
    for verb, step in STEPS.items():
        arrows += [f"    {old} --> {step.reaches}: {verb}" for old in _in_order(step) if step.reaches]
    return "\n```mermaid\nstateDiagram-v2\n" + "\n".join(arrows) + "\n```\n"


def _states() -> str:
    rows = [f"| `{status}` | {status.label} | {_staying(status)} |" for status in Status]
    return "\n## Every status\n\n| status | said as | steps that stay |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _staying(status: Status) -> str:
    return ", ".join(f"`{verb}`" for verb, step in STEPS.items() if status in step.leaves and not step.reaches)


def _row(verb: str, step: Step, clocks: list[str]) -> str:
    leaves = "any" if len(step.leaves) == len(Status) else ", ".join(_in_order(step)) or "–"
    follows = ", ".join(f"`{each.__name__}`" for each in FOLLOW_UPS.get(verb, ()))
    cells = [f"`{verb}` {step.label}", leaves, step.reaches or "stays", _who(verb), "; ".join(clocks), follows]
    return f"| {' | '.join(cells)} |"


def _who(verb: str) -> str:
    who = [str(role.label) for role in Role if role in policy.TAKES[verb]]
    who += ["*resident*"] if verb in policy.BY_RESIDENT else []
    return ", ".join([*who, "*by rule*"] if verb in policy.BY_RULE else who)


def _in_order(step: Step) -> list[str]:
    return [status.value for status in Status if status in step.leaves]


def _bodies(folder: Path) -> Iterator[tuple[str, Body]]:
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield node.name, _body(node)


def _body(function: ast.FunctionDef) -> Body:
    body = Body()
    sometimes = {
        call for branch in ast.walk(function) if isinstance(branch, ast.If | ast.IfExp) for call in _calls(branch)
    }
    for call in _calls(function):
        _note(call, body, is_sometimes=call in sometimes)
    return body


def _calls(node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)]


def _note(call: ast.Call, body: Body, *, is_sometimes: bool) -> None:
    """Note what one call means: a step taken, a clock touched, or another function to look into."""
    match call:
        case ast.Call(func=ast.Name("taking" | "Act"), args=[ast.Constant(str(verb)), *_]):
            body.verb = verb
        case ast.Call(func=ast.Attribute(ast.Name("deadlines"), str(act)), args=[_, *stages]) if act in TOUCHES:
            body.clocks += [_in_brackets(f"{TOUCHES[act]} {name}", is_sometimes) for name in _stages(stages)]
        case ast.Call(func=ast.Name(name)):
            body.calls.append((name, is_sometimes))


def _stages(arguments: list[ast.expr]) -> list[str]:
    """Name the stages among a call's arguments."""
    named = (each for each in arguments if isinstance(each, ast.Attribute))
    return [each.attr.lower() for each in named if isinstance(each.value, ast.Name) and each.value.id == "Stage"]


def _followed(name: str, bodies: dict[str, Body]) -> list[str]:
    """List the clocks a function touches, by itself and through the functions it calls."""
    body = bodies[name]
    below = [(each, sometimes) for each, sometimes in body.calls if each in bodies and each != name]
    return body.clocks + [_in_brackets(clock, often) for each, often in below for clock in _followed(each, bodies)]


def _in_brackets(clock: str, is_sometimes: bool) -> str:
    return f"({clock})" if is_sometimes and not clock.startswith("(") else clock


def _unique(clocks: list[str]) -> list[str]:
    return list(dict.fromkeys(clocks))
