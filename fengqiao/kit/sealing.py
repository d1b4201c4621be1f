"""SM3 digests (GB/T 32905): the chain that shows a changed log line, and keyed digests of secrets."""

import json
from collections.abc import Mapping

from cryptography.hazmat.primitives import hashes, hmac

START = "0" * 64


def digest(text: str) -> str:
    """Compute the SM3 digest of a text, as 64 hexadecimal digits."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(text.encode())
    return sm3.finalize().hex()


def keyed_digest(key: str, text: str) -> str:
    """Compute HMAC-SM3 of a text, as 64 hexadecimal digits; without the key it cannot be guessed at."""
    mac = hmac.HMAC(key.encode(), hashes.SM3())
    mac.update(text.encode())
    return mac.finalize().hex()


def chained(previous: str, facts: Mapping[str, object]) -> str:
    """Compute the digest of one log line from the line before it and its own facts."""
    return digest(previous + json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
