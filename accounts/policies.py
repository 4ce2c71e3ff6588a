"""Who may do what to accounts and organs: plain functions of role and relation.

The system and the security administrator keep all accounts. Staff keep those of everybody but the three
administrators. Nobody changes their own account beyond the password, and auditors only read.
"""

from accounts.actor import Actor
from accounts.models import ADMINISTRATORS, Role, User
from accounts.querysets import KEEPERS, READERS_OF_RECORD
from workflow import clock


def can_see_accounts(actor: Actor) -> bool:
    """Whether the list of accounts is for this post."""
    return actor.role in KEEPERS


def can_read_record(actor: Actor) -> bool:
    """The record of all accounts is for the audit and the security administrator."""
    return actor.role in READERS_OF_RECORD


def can_open_account(actor: Actor) -> bool:
    """Whoever keeps accounts opens them."""
    return actor.is_system or actor.role in KEEPERS


def can_manage(actor: Actor, user: User) -> bool:
    """Lock and unlock an account: not one's own; staff none of an administrator."""
    if actor.is_system:
        return True
    if actor.role not in KEEPERS or is_own(actor, user):
        return False
    return not actor.is_staff or not is_administrator(user)


def can_reset_password(actor: Actor, user: User) -> bool:
    """Make a one-time link: an administrator's password is for the security administrator alone."""
    if actor.is_system or actor.role == Role.SECURITY_ADMIN:
        return not is_own(actor, user)
    return can_manage(actor, user) and not is_administrator(user)


def can_give(actor: Actor, user: User, role: str) -> bool:
    """Give or end a post of that role: as one may manage the account, and no role beyond one's own reach."""
    return can_manage(actor, user) and role in roles_to_give(actor)


def roles_to_give(actor: Actor) -> list[Role]:
    """The roles that this actor gives to others: staff make no administrators."""
    if actor.is_system or actor.role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        return list(Role)
    return [role for role in Role if role not in ADMINISTRATORS] if actor.is_staff else []


def can_print_card(actor: Actor) -> bool:
    """Staff and liaisons give deputies their cards; of whom, ``stations`` says, which knows whose liaison one is."""
    return actor.is_staff or actor.role == Role.STATION


def can_confirm_phone(actor: Actor, user: User) -> bool:
    """As one may print cards, but never for oneself: whoever asks is confirmed by somebody else."""
    return can_print_card(actor) and not is_own(actor, user)


def can_revoke_phone(actor: Actor, user: User) -> bool:
    """Whoever owns the phone, and whoever may print the card."""
    return is_own(actor, user) or can_print_card(actor)


def can_keep_organs(actor: Actor) -> bool:
    """Staff keep the list of organs, the system administrator may, and the county's own list is imported."""
    return actor.is_system or actor.is_staff or actor.role == Role.SYSTEM_ADMIN


def can_see_organs(actor: Actor) -> bool:
    """Everybody who works with suggestions; the audit administrator sees the record and nothing else."""
    return actor.post is not None and actor.role != Role.AUDIT_ADMIN


def is_own(actor: Actor, user: User) -> bool:
    """Whether it is the actor's own account."""
    return actor.user is not None and actor.user.pk == user.pk


def is_administrator(user: User) -> bool:
    """Whether the user holds, or is to hold, one of the three administrators' posts."""
    return any(
        post.role in ADMINISTRATORS and (post.until is None or post.until >= clock.today()) for post in user.posts.all()
    )
