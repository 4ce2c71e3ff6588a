"""Binding cards and trusted phones: their secrets, of which only digests are kept, and what they open.

The code on a card is as short as a one-time link's, so that it can be typed where no camera reads it. A phone's own
secret is long and known to its cookie alone.
"""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts import links
from accounts.models import BindingCard, TrustedDevice, User
from workflow import clock

#: What the browser keeps; bound to this host where there is https.
COOKIE = "__Host-phone" if settings.HTTPS else "phone"
#: Set by signing out on a trusted phone: it goes on trusting, but waits for a tap.
RESTING = "resting"
#: What a browser says of the phone it runs on.
_MODEL = re.compile(r"Android [\d.]+; (?:zh[-_]\w+; )?([^;)]+?)(?: Build/|;|\))")


def fresh_card() -> tuple[str, str]:
    """A new code as it is printed, and its digest."""
    code = links.fresh_code()
    return links.grouped(code), _digest("card", code)


def card_of(code: str) -> BindingCard | None:
    """The card that bears the code, in use or not, with its account; None for a code that none bears."""
    plain = links.plain_code(code)
    cards = BindingCard.objects.select_related("user__person")
    return cards.filter(digest=_digest("card", plain)).first() if plain else None


def fresh_phone() -> tuple[str, str]:
    """A new secret of a phone, and its digest."""
    secret = secrets.token_urlsafe(32)
    return secret, _digest("phone", secret)


def phone_of(request: HttpRequest) -> TrustedDevice | None:
    """The phone whose cookie came with the request: waiting, trusted or ended; None without one."""
    secret = request.COOKIES.get(COOKIE, "")
    phones = TrustedDevice.objects.select_related("user__person", "card")
    return phones.filter(digest=_digest("phone", secret)).first() if secret else None


def remember(response: HttpResponse, secret: str) -> None:
    """Let the browser keep the phone's secret for as long as it can be trusted."""
    age = settings.TRUSTED_PHONE_DAYS * 24 * 3600
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, secret, max_age=age, secure=secure, httponly=True, samesite="Lax")


def end_all(user: User) -> int:
    """The card in use and every phone of the account end, waiting or trusted; returns how many phones."""
    now = clock.now()
    BindingCard.objects.filter(user=user, ended_at=None).update(ended_at=now)
    return TrustedDevice.objects.filter(user=user, ended_at=None).update(ended_at=now)


def name_of(agent: str) -> str:
    """What a phone is called by its browser, so that its owner knows it again: 微信 · HUAWEI ABC-AL00."""
    found = _MODEL.search(agent)
    model = found[1].strip() if found else next((name for name in ("iPhone", "iPad") if name in agent), "")
    parts = ("微信" if "MicroMessenger" in agent else "", model)
    return " · ".join(part for part in parts if part)[:60] or "手机"


def _digest(what: str, secret: str) -> str:
    return salted_hmac(f"accounts.cards.{what}", secret, algorithm="sha256").hexdigest()
