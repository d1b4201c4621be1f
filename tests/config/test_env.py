"""Settings are read with types; a wrong one stops the start with a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("ON", True), ("1", True), ("no", False), ("", False)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv("FENGQIAO_DEBUG", written)
    assert env.flag("FENGQIAO_DEBUG") is meant


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGQIAO_DEBUG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="FENGQIAO_DEBUG is “perhaps”"):
        env.flag("FENGQIAO_DEBUG")


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGQIAO_IDLE_MINUTES", "half an hour")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.integer("FENGQIAO_IDLE_MINUTES", 30)


def test_a_secret_may_stand_in_a_file_and_is_never_in_the_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("FENGQIAO_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.secret("FENGQIAO_SECRET_KEY") == "s3cret"

    monkeypatch.setenv("FENGQIAO_SECRET_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="FENGQIAO_SECRET_KEY_FILE cannot be read"):
        env.secret("FENGQIAO_SECRET_KEY")


def test_a_database_address_may_carry_any_password() -> None:
    read = env.database("postgresql://fengqiao:p%40ss%2Fword@db.example:6432/cases")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "fengqiao", "p@ss/word", "db.example", 6432, "cases",
    )  # fmt: skip


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database("mysql://localhost/cases")
