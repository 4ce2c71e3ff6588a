"""Reading what one was told."""

from accounts.models import User
from notifications.models import Notification
from workflow import clock


def mark_read(notification: Notification, *, user: User) -> None:
    """The recipient has opened it."""
    Notification.objects.filter(pk=notification.pk, recipient=user, read_at=None).update(read_at=clock.now())


def mark_all_read(user: User, *, up_to: int) -> int:
    """The recipient has seen everything up to this notification; return how many were unread."""
    return Notification.objects.filter(recipient=user, pk__lte=up_to).unread().update(read_at=clock.now())
