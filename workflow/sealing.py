"""Words that the database must not tell: sealed with AES-GCM, found again only by a keyed mark.

A sealed value reads ``v1.<key id>.<nonce and ciphertext>``; the id says which of ``FIELD_KEYS`` opens it. The newest
key seals, older ones still open, so a key is changed by putting a new one in front. A value is bound to its place
(table, column, row): copied to another place it does not open.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION, _NONCE = "v1", 12


class Broken(Exception):
    """A sealed value that was altered, moved from its place, or sealed with a key that is no longer known."""


def seal(text: str, place: str) -> str:
    """The text sealed for this place with the newest key; nothing stays nothing."""
    if not text:
        return ""
    key, nonce = settings.FIELD_KEYS[0], secrets.token_bytes(_NONCE)
    sealed = nonce + _cipher(key).encrypt(nonce, text.encode(), place.encode())
    return f"{_VERSION}.{key_id(key)}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(value: str, place: str) -> str:
    """The text behind a value that was sealed for this place. Raises Broken."""
    if not value:
        return ""
    try:
        version, known_as, body = value.split(".")
        key = next(key for key in settings.FIELD_KEYS if version == _VERSION and key_id(key) == known_as)
        sealed = _decoded(body)
        return _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode()).decode()
    except (ValueError, StopIteration, binascii.Error, InvalidTag) as error:
        raise Broken("a sealed value does not open") from error


def mark(text: str, purpose: str) -> str:
    """By what a text is known again without being readable or guessable; under the newest key, empty for nothing."""
    return _mark(settings.FIELD_KEYS[0], text, purpose) if text else ""


def marks(text: str, purpose: str) -> list[str]:
    """Every mark that the text may have got, also under an older key: what a look-up compares with."""
    return [_mark(key, text, purpose) for key in settings.FIELD_KEYS] if text else []


def key_id(key: str) -> str:
    """How a sealed value names its key without telling it."""
    return _derived(key, "id").hex()[:8]


def _decoded(body: str) -> bytes:
    """The bytes of the one text that stands for them: base64 lets the last letter vary."""
    sealed = base64.b64decode(body, altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(sealed).decode() != body:
        raise ValueError("not as it was written")
    return sealed


def _cipher(key: str) -> AESGCM:
    return AESGCM(_derived(key, "seal"))


def _mark(key: str, text: str, purpose: str) -> str:
    return hmac.new(_derived(key, f"mark:{purpose}"), text.encode(), hashlib.sha256).hexdigest()


def _derived(key: str, use: str) -> bytes:
    """One key of 32 bytes for each use; the configured keys are random and long, so no slow derivation is needed."""
    return hmac.new(key.encode(), f"portal field {use}".encode(), hashlib.sha256).digest()
