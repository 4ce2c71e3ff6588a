"""How many notifications wait for the reader."""

from django import template
from django.db.models import Count

from accounts.models import Post
from notifications.models import Notification

register = template.Library()

#: The bell counts up to here and then says "99+".
CAP = 100


@register.simple_tag(takes_context=True)
def unread_count(context: template.Context) -> int:
    """Unread notifications of whoever is signed in, counted up to ``CAP``."""
    actor = context.get("actor")
    if actor is None or actor.user is None:
        return 0
    return Notification.objects.visible_to(actor).unread().order_by()[:CAP].count()


@register.simple_tag(takes_context=True)
def unread_by_post(context: template.Context) -> list[tuple[Post, int]]:
    """The posts of whoever is signed in, each with what waits unread for it; one query however many posts."""
    actor = context["actor"]
    rows = Notification.objects.visible_to(actor).unread().order_by()
    counts = dict(rows.values_list("post").annotate(Count("pk")))
    return [(post, counts.get(post.pk, 0)) for post in actor.posts]
