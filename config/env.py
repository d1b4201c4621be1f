"""Read the environment with types, so that a wrong value stops the start with a sentence."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Give the variable's text, or the default."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Give the variable as yes or no."""
    value = text(name, "yes" if default else "no").lower()
    if value in YES or value in NO:
        return value in YES
    raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")


def integer(name: str, default: int) -> int:
    """Give the variable as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number.") from error


def words(name: str, default: str = "") -> list[str]:
    """Give the variable as a list, split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, fallback: Path | None = None) -> str:
    """Give a secret: from NAME, from the file that NAME_FILE names, or from the fallback file."""
    if value := text(name):
        return value
    if named := text(f"{name}_FILE"):
        return _read(Path(named), name)
    if fallback and fallback.is_file():
        return _read(fallback, name)
    return ""


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error


def database(url: str) -> dict[str, str | int]:
    """Turn postgresql://user:password@host:port/name into Django's words for it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("FENGQIAO_DATABASE_URL must begin with postgresql:// .")
    return {
        "ENGINE": "fengqiao.kit.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
    }
