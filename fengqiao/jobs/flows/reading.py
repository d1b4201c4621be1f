"""What the code of the steps does, read out of its own text: the step taken, clocks touched, functions called."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# What `deadlines` does to a clock; `ahead` builds the one with which a case begins.
TOUCHES = {each: each for each in ("start", "meet", "stop", "extend", "pause", "resume")} | {"ahead": "start"}
TAKES = {"taking", "Act", "acting", "standing_still"}  # what takes the step or act that is named first


@dataclass
class Body:
    """What one function of the transitions does: the step it takes, the clocks it touches, the functions it calls."""

    file: str = ""
    verb: str = ""
    clocks: list[str] = field(default_factory=list)
    calls: list[tuple[str, bool]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)  # of the case, taken from mediation


def bodies_of(folder: Path) -> Iterator[tuple[str, Body]]:
    """Read every function of a folder."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield node.name, _body(node, path.name)


def _body(function: ast.FunctionDef, file: str) -> Body:
    body = Body(file=file)
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
        case ast.Call(func=ast.Name(str(name)), args=[ast.Constant(str(verb)), *_]) if name in TAKES:
            body.verb = verb
        case ast.Call(func=ast.Attribute(ast.Name("mediating"), str(step))) if step != "write_down":
            body.steps.append(step)
        case ast.Call(func=ast.Attribute(ast.Name("deadlines"), str(act)), args=[_, *stages]) if act in TOUCHES:
            body.clocks += [_in_brackets(f"{TOUCHES[act]} {name}", is_sometimes) for name in _stages(stages)]
        case ast.Call(func=ast.Name(name)):
            body.calls.append((name, is_sometimes))


def _stages(arguments: list[ast.expr]) -> list[str]:
    """Name the stages among a call's arguments."""
    named = (each for each in arguments if isinstance(each, ast.Attribute))
    return [each.attr.lower() for each in named if isinstance(each.value, ast.Name) and each.value.id == "Stage"]


def clocks_of(body: Body, bodies: dict[str, Body]) -> list[str]:
    """List the clocks a function touches, by itself and through the functions it calls, each once."""
    return list(dict.fromkeys(_followed(body, bodies)))


def steps_of(body: Body, bodies: dict[str, Body]) -> list[str]:
    """List the steps of the case a function takes, by itself and through the functions it calls."""
    below = [step for each, _often in _below(body, bodies) for step in steps_of(each, bodies)]
    return list(dict.fromkeys(body.steps + below))


def _followed(body: Body, bodies: dict[str, Body]) -> list[str]:
    """List the clocks a function touches, by itself and through the functions it calls."""
    below = _below(body, bodies)
    return body.clocks + [_in_brackets(clock, often) for each, often in below for clock in _followed(each, bodies)]


def _below(body: Body, bodies: dict[str, Body]) -> list[tuple[Body, bool]]:
    return [(bodies[name], often) for name, often in body.calls if name in bodies and bodies[name] is not body]


def _in_brackets(clock: str, is_sometimes: bool) -> str:
    return f"({clock})" if is_sometimes and not clock.startswith("(") else clock
