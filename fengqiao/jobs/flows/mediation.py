"""The life of a dossier as a page, drawn from the table of acts and the code of the acts."""

from collections.abc import Iterator
from pathlib import Path

from fengqiao.cases import policy as of_cases
from fengqiao.intake import transitions as intake
from fengqiao.jobs.flows.reading import Body, bodies_of, clocks_of, steps_of
from fengqiao.mediation import policy, transitions
from fengqiao.mediation.workflow import ACTS, LIVE, RUNNING, Act, Stand
from fengqiao.people.models import Role

HEAD = """# The life of a dossier

Printed by `manage.py print_flows mediation` from the table of acts (`mediation/workflow.py`), who takes them
(`mediation/policy.py`) and the code of the acts (`mediation/transitions/`). A test compares: change those and print
again, never change this page by hand. A mediation is a stay of its case: what the case does meanwhile stands in
[case.md](case.md), and the words are explained in the [glossary](../glossary.md).
"""
TABLE = """
## Every act

“Stays”: where the dossier stands does not change. “Running” is asking, under way and signing; “live” is running and
refused. *Staff*: {roles}, of the unit that mediates. *Party*: by its own code and secret, for itself alone.
*By rule*: the machine, and the log names the rule. A step of the case that an act takes has clocks of its own in
[case.md](case.md); a clock in brackets is touched only in some cases.

| act | leaves | reaches | who | step of the case | clocks | taken in |
|---|---|---|---|---|---|---|
"""
NAMED = {"any": set(Stand), "running": set(RUNNING), "live": set(LIVE)}
BEGIN = {"open_dossier": "open", "_take_up_again": "take_up_again"}  # taken where no dossier runs that could be held
FOLDERS = (transitions, intake)


def page() -> str:
    """Draw the whole page."""
    found = [each for folder in FOLDERS for each in bodies_of(Path(folder.__path__[0]))]
    roles = " or ".join(str(role.label) for role in Role if role in of_cases.TAKES["mediation"])
    rows = [_row(verb, act, found) for verb, act in ACTS.items()]
    return HEAD + _diagram() + _stands() + TABLE.format(roles=roles) + "\n".join(rows) + "\n"


def _diagram() -> str:
    arrows = [f"    [*] --> {ACTS['open'].reaches}: open"]
    for verb, act in ACTS.items():
        arrows += [f"    {old} --> {act.reaches}: {verb}" for old in Stand if old in act.leaves and act.reaches]
    return "\n```mermaid\nstateDiagram-v2\n" + "\n".join(arrows) + "\n```\n"


def _stands() -> str:
    rows = [f"| `{stand}` | {stand.label} | {_staying(stand)} |" for stand in Stand]
    return "\n## Every stand\n\n| stand | said as | acts that stay |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _staying(stand: Stand) -> str:
    return ", ".join(f"`{verb}`" for verb, act in ACTS.items() if stand in act.leaves and not act.reaches)


def _row(verb: str, act: Act, found: list[tuple[str, Body]]) -> str:
    takes = [(name, body) for name, body in found if verb in (body.verb, BEGIN.get(name))]
    bodies = dict(found)
    steps = _unique(f"`{step}`" for _name, body in takes for step in steps_of(body, bodies))
    clocks = _unique(clock for _name, body in takes for clock in clocks_of(body, bodies))
    where = _unique(f"`{body.file}:{name}`" for name, body in takes)
    cells = [f"`{verb}` {act.label}", _leaves(act), act.reaches or "stays", _who(verb), steps, clocks, where]
    return f"| {' | '.join(cells)} |"


def _leaves(act: Act) -> str:
    named = next((name for name, stands in NAMED.items() if stands == act.leaves), "")
    return named or ", ".join(stand.value for stand in Stand if stand in act.leaves) or "–"


def _who(verb: str) -> str:
    if verb in BEGIN.values():
        return "who may `mediate` the case"
    who = ["staff"] + ["*party*"] * (verb in policy.BY_PARTY)
    return "*by rule*" if verb in policy.BY_RULE else ", ".join(who)


def _unique(words: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(words))
