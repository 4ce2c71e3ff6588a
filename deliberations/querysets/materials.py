"""Scopes of papers for deputies."""

from typing import Any

from django.db import models


class MaterialQuerySet(models.QuerySet):
    """Papers as adjectives."""

    def visible_to(self, actor: Any) -> "MaterialQuerySet":
        """The library is for whoever is signed in under a post; what was withdrawn, for the committee alone."""
        if not actor.post:
            return self.none()
        return self if actor.is_committee else self.current()

    def current(self) -> "MaterialQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)
