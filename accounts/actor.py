"""As whom one acts: the value that every policy, scope and verb takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import How, Organ, Person, Post, Role, User

#: The committee's own people, who see every case.
COMMITTEE = frozenset({Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON, Role.COMMITTEE_STAFF, Role.WORKING_BODY})


@dataclass(frozen=True)
class Actor:
    """A user under one post; without a post nothing is allowed. Somebody not signed in has neither."""

    user: User | None
    post: Post | None
    posts: tuple[Post, ...] = ()
    on_behalf_of: Person | None = field(default=None)
    how: str = How.IN_SYSTEM
    #: An act of the portal itself: a sweep, an import by command. No request can ever claim it.
    is_system: bool = False
    #: The trusted phone by which the session came, where it came so.
    device_id: int | None = None

    @property
    def role(self) -> str:
        """The role of the chosen post, empty without one."""
        return self.post.role if self.post else ""

    @property
    def organ_id(self) -> int | None:
        """The organ of the chosen post."""
        return self.post.organ_id if self.post else None

    def acts_for(self, organ: Organ) -> bool:
        """Whether the post is of this organ, or of the one that it went over into (scenario 41)."""
        return self.organ_id is not None and self.organ_id in (organ.pk, organ.successor_id)

    @property
    def person_id(self) -> int | None:
        """The person behind the account."""
        return self.user.person_id if self.user else None

    @property
    def is_staff(self) -> bool:
        """Staff of the deputy affairs commission, who run the registry."""
        return self.role == Role.COMMITTEE_STAFF

    @property
    def is_committee(self) -> bool:
        """One of the committee's own people."""
        return self.role in COMMITTEE

    @property
    def is_deputy(self) -> bool:
        """Acting as a deputy."""
        return self.role == Role.DEPUTY

    @property
    def is_organ(self) -> bool:
        """Acting for an organ that handles suggestions."""
        return self.role in (Role.ORGAN_HANDLER, Role.ORGAN_HEAD)

    @property
    def is_government_office(self) -> bool:
        """Acting for the government office that allots suggestions."""
        return self.role == Role.GOVERNMENT_OFFICE

    def recording(self, person: Person | None, how: str) -> "Actor":
        """The same actor recording what someone else did on paper or by telephone."""
        return replace(self, on_behalf_of=person, how=how)

    def event_fields(self) -> Mapping[str, Any]:
        """The columns of an event that say who acted."""
        return {"actor": self.user, "post": self.post, "on_behalf_of": self.on_behalf_of, "how": self.how}


#: Acts of the portal itself.
SYSTEM = Actor(None, None, is_system=True)
#: Whoever is not signed in.
NOBODY = Actor(None, None)


def actor_of(user: User, post: Post) -> Actor:
    """The actor of a user under one of their posts (for commands, tests and the demo)."""
    return Actor(user, post, (post,))
