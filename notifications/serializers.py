"""Notifications as the API tells them."""

from rest_framework import serializers

from notifications import texts
from notifications.models import Notification
from workflow.serializers import Row


class NotificationRow(Row):
    """What one was told."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ("id", "kind", "text", "url", "due_on", "created_at", "read_at")

    def get_text(self, row: Notification) -> str:
        """The sentence, in the reader's language."""
        return texts.sentence(row)
