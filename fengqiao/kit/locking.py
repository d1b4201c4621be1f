"""A text locked by the deployment's key: AES-256-GCM under a key derived from it. A stolen table opens nothing."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, drawn for each text


class CannotOpen(ValueError):
    """A locked text that this key does not open, or that was changed."""


def lock(text: str, *, key: str, use: str) -> str:
    """Lock a text; `use` keeps what is locked for one thing from being opened as another."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + _cipher(key, use).encrypt(nonce, text.encode(), use.encode())).decode()


def unlock(locked: str, *, key: str, use: str) -> str:
    """Open a locked text again."""
    try:
        whole = base64.b64decode(locked, validate=True)
        return _cipher(key, use).decrypt(whole[:NONCE], whole[NONCE:], use.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def _cipher(key: str, use: str) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), length=32, salt=None, info=f"fengqiao {use}".encode()).derive(key.encode()))
