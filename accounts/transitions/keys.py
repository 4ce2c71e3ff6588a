"""API keys are made and revoked by their holder alone; both stand in the record of the account."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import keys
from accounts.actor import Actor
from accounts.models import ApiToken, Post, User
from accounts.transitions.accounts import ACCOUNT, Verb
from workflow import clock
from workflow.engine import Conflict, Invalid, lock, permit, record

#: Keys that one account has at a time.
MOST = 20


@transaction.atomic
def make_key(user: User, *, actor: Actor, post: Post, name: str) -> tuple[ApiToken, str]:
    """A key by which a program acts as the user under that post; the text of it is told this once.

    Raises NotAllowed for anybody else's account or post, Invalid without a name or for one more than ``MOST``.
    """
    account = lock(user)
    permit(actor.user is not None and actor.user.pk == account.pk and _holds(account, post))
    ACCOUNT.require(account, Verb.MAKE_KEY)
    if not name.strip():
        raise Invalid("name", "name_missing", _("Say what the key is for."))
    if ApiToken.objects.filter(post__user=account, until=None).count() >= MOST:
        raise Invalid("name", "too_many_keys", _("You have %(most)d keys. Revoke one of them first."), most=MOST)
    key, digest = keys.fresh()
    token = ApiToken.objects.create(post=post, name=name.strip(), digest=digest, since=clock.now())
    record(account, ACCOUNT, Verb.MAKE_KEY, actor=actor, changes=_told(token))
    return token, key


@transaction.atomic
def revoke_key(token: ApiToken, *, actor: Actor) -> None:
    """The key opens nothing any more. Raises NotAllowed, Conflict when it is revoked already."""
    account = lock(token.post.user)
    permit(actor.user is not None and actor.user.pk == account.pk)
    if not ApiToken.objects.filter(pk=token.pk, until=None).update(until=clock.now()):
        raise Conflict("revoked", _("This key is revoked already."))
    record(account, ACCOUNT, Verb.REVOKE_KEY, actor=actor, changes=_told(token))


def _holds(account: User, post: Post) -> bool:
    return account.posts.current(clock.today()).filter(pk=post.pk).exists()


def _told(token: ApiToken) -> dict[str, str]:
    return {"name": token.name, "role": token.post.role}
