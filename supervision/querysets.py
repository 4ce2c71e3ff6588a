"""Who sees which supervision card."""

from typing import Any

from django.db import models

from accounts.actor import Actor


class CardQuerySet(models.QuerySet):
    """Cards as adjectives."""

    def visible_to(self, actor: Actor) -> "CardQuerySet":
        """As the suggestion is; before it is signed only the committee sees it."""
        if actor.is_system or actor.is_committee:
            return self
        suggestion: Any = self.model._meta.get_field("suggestion").related_model
        return self.exclude(status="DRAFT").filter(suggestion__in=suggestion.objects.visible_to(actor))
