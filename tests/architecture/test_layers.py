"""The layers are held without exceptions: an exception in the contract is a hole in the house."""

import tomllib

from fengqiao.jobs.launch.where import CHECKOUT


def contracts() -> list[dict[str, object]]:
    read = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = read["tool"]["importlinter"]["contracts"]
    return found


def test_no_contract_ignores_an_import() -> None:
    assert [one["name"] for one in contracts() if any("ignore" in key for key in one)] == []


def test_every_package_must_have_its_place() -> None:
    exhaustive = {str(one["containers"]) for one in contracts() if one.get("exhaustive")}
    assert exhaustive == {"['fengqiao']", "['fengqiao.web']"}
