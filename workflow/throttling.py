"""How often somebody without a sign-in may do something: a bucket in the database that fills up again with time.

No cache is shared between the processes of the house, so the database counts (and survives a restart).
"""

from django.db import transaction
from django.utils.crypto import salted_hmac

from workflow import clock
from workflow.models import Allowance


@transaction.atomic
def take(what: str, whose: str, *, most: int, seconds: int) -> bool:
    """Whether ``whose`` (an address, a code) may do ``what`` once more; at most ``most`` times within ``seconds``.

    The key is a keyed digest, so that no list of addresses lies in the database.
    """
    key = f"{what}:{salted_hmac('workflow.throttling', whose, algorithm='sha256').hexdigest()}"
    now = clock.now()
    Allowance.objects.get_or_create(key=key, defaults={"left": most, "at": now})
    row = Allowance.objects.select_for_update().get(key=key)
    since = max((now - row.at).total_seconds(), 0)
    left = min(most, row.left + since * most / seconds)
    may = left >= 1
    Allowance.objects.filter(pk=row.pk).update(left=left - 1 if may else left, at=now)
    return may
