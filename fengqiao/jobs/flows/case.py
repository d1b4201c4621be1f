"""The life of a case as a page, drawn from the table of steps and the code of the steps."""

from pathlib import Path

from fengqiao.cases import policy, transitions
from fengqiao.cases.workflow import STEPS, Status, Step
from fengqiao.followups import FOLLOW_UPS
from fengqiao.jobs.flows.reading import bodies_of, clocks_of
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


def page() -> str:
    """Draw the whole page."""
    clocks = clocks_of_steps()
    rows = [_row(verb, step, clocks.get(verb, [])) for verb, step in STEPS.items()]
    return HEAD + _diagram() + _states() + TABLE + "\n".join(rows) + "\n"


def clocks_of_steps() -> dict[str, list[str]]:
    """Read out of the transitions which clocks each step starts, meets or stops."""
    bodies = dict(bodies_of(Path(transitions.__path__[0])))
    return {body.verb: clocks_of(body, bodies) for body in bodies.values() if body.verb}


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
