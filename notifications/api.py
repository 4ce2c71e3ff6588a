"""The inbox."""

from typing import Any

from notifications.models import Notification
from notifications.serializers import NotificationRow
from workflow.api.reading import Reading
from workflow.filters import Yes


class Notifications(Reading):
    """What one was told, under whichever post, newest first."""

    model, row = Notification, NotificationRow
    order = (("created_at", "desc"), ("pk", "desc"))
    filters = {"unread": Yes(field_name="read_at", lookup_expr="isnull")}

    def visible(self, actor: Any) -> Any:
        """Read, or still true."""
        return super().visible(actor).in_inbox()
