"""The keys beside a backup, that of secrets and those of identity numbers: which ones it needs, without saying them."""

import hashlib
from pathlib import Path

from config import env
from fengqiao.jobs.launch.steps import Stop
from fengqiao.mediation.identity import BadKeys, read_ring


def of(data: Path) -> str:
    """Give the key of an installation, from the setting or its data folder; empty where there is none."""
    return env.secret("FENGQIAO_SECRET_KEY", data / "secret.key")


def fingerprint(key: str) -> str:
    """Compute what tells one key from another and gives neither away."""
    return hashlib.sha256(f"fengqiao key {key}".encode()).hexdigest()[:16] if key else ""


def identity_file(data: Path) -> Path:
    """Give where an installation keeps the keys of identity numbers."""
    return Path(env.text("FENGQIAO_IDENTITY_KEY_FILE", str(data / "identity.key")))


def read(path: Path, expected: str) -> str:
    """Read a key that was kept apart and test that it is the one the backup was made under."""
    key = _text(path).strip()
    if expected and fingerprint(key) != expected:
        raise Stop(f"{path} 不是这份备份的密钥 / is not the key of this backup. Nothing was touched.")
    return key


def read_identity(path: Path, expected: list[str]) -> str:
    """Read keys of identity numbers that were kept apart and test that every one the backup needs is among them."""
    text = _text(path)
    try:
        missing = set(expected) - set(read_ring(path))
    except BadKeys:
        raise Stop(f"{path} 不是身份证号码密钥文件 / holds a line that is no key. Nothing was touched.") from None
    if missing:
        raise Stop(
            f"{path} 缺少这份备份的密钥 / lacks {len(missing)} of the {len(expected)} keys of identity numbers that "
            "this backup needs. Nothing was touched."
        )
    return text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"{path} 读不出密钥 / cannot be read as a key: {error}") from None
