"""Identity numbers under SM4-GCM (GB/T 32907) with keys the database does not have: a stolen table opens nothing.

The file of keys has one line for each, the newest first: an id, a colon, sixteen bytes as hexadecimal digits.
A number is bound to its county and party, so that it opens in no other row.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

NONCE, TAG, KEY = 12, 16, 16  # bytes; SM4 has keys of 128 bits

Ring = Mapping[str, bytes]  # the keys by their id, the newest first


class CannotOpen(ValueError):
    """A sealed number that no key here opens, or that was changed."""


class BadKeys(ValueError):
    """A file of keys with a line that is none."""


def new_key() -> str:
    """Draw a key: one line of the file."""
    return f"{secrets.token_hex(4)}:{secrets.token_hex(KEY)}\n"


def read_ring(path: Path) -> Ring:
    """Read the file of keys; none if there is no file."""
    try:
        lines = path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return {}
    ring = {}
    for line in lines:
        key_id, _colon, digits = line.partition(":")
        try:
            ring[key_id] = bytes.fromhex(digits)
        except ValueError as error:
            raise BadKeys from error
        if not key_id or len(ring[key_id]) != KEY:
            raise BadKeys
    return ring


def seal(number: str, *, ring: Ring, county: str, party: UUID) -> tuple[str, bytes]:
    """Seal a number with the newest key; say which that is."""
    key_id, key = next(iter(ring.items()))
    nonce = secrets.token_bytes(NONCE)
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(_bound_to(county, party))
    body = cipher.update(number.encode()) + cipher.finalize()
    return key_id, nonce + body + cipher.tag


def unseal(sealed: bytes, *, key_id: str, ring: Ring, county: str, party: UUID) -> str:
    """Open a sealed number again."""
    if key_id not in ring:
        raise CannotOpen
    nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
    cipher = Cipher(algorithms.SM4(ring[key_id]), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(_bound_to(county, party))
    try:
        return (cipher.update(body) + cipher.finalize()).decode()
    except InvalidTag as error:
        raise CannotOpen from error


def checked(number: str) -> str | None:
    """Give an 18-sign identity number as it is written, or nothing if its check sign or birthday cannot be."""
    try:
        return str(ric.validate(number.strip().upper()))
    except ValidationError:
        return None


def _bound_to(county: str, party: UUID) -> bytes:
    return f"{county} {party}".encode()
