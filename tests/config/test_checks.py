"""In service nothing may be left at its trial value; while trying it out nothing is asked."""

import pytest
from pytest_django import Settings

from config import checks

GOOD_KEY = "k" * 64


def found() -> set[str | None]:
    return {finding.id for finding in checks.service_is_wholly_set(None)}


@pytest.fixture
def in_service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A deployment with everything set."""
    settings.IN_SERVICE, settings.PUBLIC_ADDRESS = True, "https://fengqiao.example"
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = GOOD_KEY, ["fengqiao.example"]
    monkeypatch.setenv("FENGQIAO_SECRET_KEY", GOOD_KEY)
    monkeypatch.setenv("FENGQIAO_DATABASE_URL", "postgresql://db.example/fengqiao")
    return settings


def test_a_deployment_with_everything_set_may_start(in_service: Settings) -> None:
    assert found() == set()


def test_trying_it_out_asks_for_nothing(settings: Settings) -> None:
    settings.IN_SERVICE = False
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("PUBLIC_ADDRESS", "http://fengqiao.example", "fengqiao.E002"),
        ("SECRET_KEY", "short", "fengqiao.E003"),
        ("DEBUG", True, "fengqiao.E005"),
        ("ALLOWED_HOSTS", ["localhost"], "fengqiao.E006"),
        ("ALLOWED_HOSTS", ["*"], "fengqiao.E006"),
    ],
)
def test_one_thing_left_open_stops_the_start(in_service: Settings, name: str, value: object, code: str) -> None:
    setattr(in_service, name, value)
    assert found() == {code}


def test_the_trial_database_is_not_for_service(in_service: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGQIAO_DATABASE_URL")
    assert found() == {"fengqiao.E004"}


def test_another_time_zone_is_refused(settings: Settings) -> None:
    settings.TIME_ZONE = "UTC"
    assert [finding.id for finding in checks.time_is_kept_in_one_zone(None)] == ["fengqiao.E001"]
