"""The key of a locked book: made from its passphrase as SQLCipher does, and only once.

The passphrase itself is never kept. The key opens every connection without the costly derivation,
so that a locked book is as quick as an open one; it is also what the recovery sheet carries.
"""

import hashlib
import os
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass

from backstop.domain import BadInput, message

ITERATIONS = 256_000
"""What SQLCipher 4 does by itself: PBKDF2 with HMAC-SHA512. Any SQLCipher opens our files."""
SALT_BYTES = 16
KEY_BYTES = 32
FEWEST_CHARACTERS = 8
_CHECK_BYTES = 3
_CHECK_LABEL = b"backstop recovery code"


@dataclass(frozen=True, repr=False)
class Key:
    """The secret of one file, and the salt that stands in its first sixteen bytes."""

    secret: bytes
    salt: bytes

    @property
    def literal(self) -> str:
        """As `PRAGMA key` takes it."""
        return f"\"x'{self.secret.hex()}{self.salt.hex()}'\""

    @property
    def recovery_code(self) -> str:
        """The secret as letters and digits in groups of four, with a check against slips."""
        text = b32encode(self.secret + _check(self.secret)).decode()
        return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def new_key(passphrase: str) -> Key:
    """A key for a file to be written; raises `BadInput` for a passphrase that is none."""
    if len(passphrase.strip()) < FEWEST_CHARACTERS:
        raise BadInput(
            message(
                "This passphrase is too short. Use at least {least} characters; "
                "several words are easy to remember.",
                least=FEWEST_CHARACTERS,
            ),
            "passphrase",
        )
    return key_for(passphrase, os.urandom(SALT_BYTES))


def key_for(typed: str, salt: bytes) -> Key:
    """The key that a passphrase, or the code of a recovery sheet, gives for this file."""
    return Key(_secret_in(typed) or _derived(typed, salt), salt)


def _derived(passphrase: str, salt: bytes) -> bytes:
    """Letters count as one whichever way a keyboard composes them."""
    data = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha512", data, salt, ITERATIONS, KEY_BYTES)


def _secret_in(typed: str) -> bytes | None:
    """The secret in a recovery code; None where this is not one, or was mistyped."""
    text = "".join(typed.split()).replace("-", "").upper().replace("0", "O").replace("1", "I")
    if len(text) != len(b32encode(bytes(KEY_BYTES + _CHECK_BYTES))):
        return None
    try:
        data = b32decode(text)
    except ValueError:
        return None
    secret, check = data[:KEY_BYTES], data[KEY_BYTES:]
    return secret if check == _check(secret) else None


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(_CHECK_LABEL + secret).digest()[:_CHECK_BYTES]
