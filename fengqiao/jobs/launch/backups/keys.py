"""The secret key beside a backup: which one it was, without saying it."""

import hashlib
from pathlib import Path

from config import env
from fengqiao.jobs.launch.steps import Stop


def of(data: Path) -> str:
    """Give the key of an installation, from the setting or its data folder; empty where there is none."""
    return env.secret("FENGQIAO_SECRET_KEY", data / "secret.key")


def fingerprint(key: str) -> str:
    """Compute what tells one key from another and gives neither away."""
    return hashlib.sha256(f"fengqiao key {key}".encode()).hexdigest()[:16] if key else ""


def read(path: Path, expected: str) -> str:
    """Read a key that was kept apart and test that it is the one the backup was made under."""
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"{path} 读不出密钥 / cannot be read as a key: {error}") from None
    if expected and fingerprint(key) != expected:
        raise Stop(f"{path} 不是这份备份的密钥 / is not the key of this backup. Nothing was touched.")
    return key
