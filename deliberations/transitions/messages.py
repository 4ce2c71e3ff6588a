"""A voter writes by the public page of a station or deputy: it lands with the liaison as an opinion to be completed."""

from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations import tracking
from deliberations.models import Opinion, Visit, VisitFile, Voter
from deliberations.policies import messages as policies
from deliberations.transitions.visit_facts import check_words
from deliberations.transitions.visit_machine import VisitVerb
from deliberations.transitions.visit_opening import deputies_told, opened, sent_otherwise
from deliberations.transitions.visit_telling import keepers, tell, visitors
from files.models import Attachment
from files.pictures import store_picture
from stations.public import Addressee
from workflow import clock
from workflow.engine import Invalid, birth, permit

#: The wording of the consent that the form shows; a new wording gets a new name.
CONSENT = "2026-11"


@dataclass(frozen=True)
class Message:
    """What a voter writes; all but the words may stay empty."""

    words: str
    village: str = ""
    name: str = ""
    phone: str = ""
    tell_wish: bool = True
    consents: bool = False


@transaction.atomic
def receive_message(
    *, actor: Actor, client_id: UUID, to: Addressee, message: Message, photo: UploadedFile | None = None
) -> str:
    """Keep what a voter wrote, tell whoever runs the station and the deputy meant; the code to see what became of it.

    The same ``client_id`` with the same words is one message and answers the same code. Raises NotAllowed for
    anybody who has an account, Invalid without words or consent or with a photo that is none, Conflict when the id
    came with other words before.
    """
    permit(policies.can_send(actor))
    if not message.consents:
        raise Invalid("consents", "no_consent", _("Without your consent we may not keep what you write."))
    words = check_words(message.words)
    code, digest = tracking.fresh(client_id)
    visit = _new(client_id, to)
    mandates = [to.mandate] if to.mandate else []
    if not opened(visit, actor, mandates):
        return _code_of_before(client_id, words)
    opinion = Opinion(visit=visit, words=words, tell_wish=message.tell_wish, track_digest=digest)
    opinion.voter = _voter(message)
    opinion.save(force_insert=True)
    if photo is not None:
        VisitFile.objects.create(visit=visit, file=_kept(photo), kind=VisitFile.Kind.PHOTO)
    changes = {**deputies_told(mandates), "consent": CONSENT, "photo": photo is not None}
    birth(visit, VisitVerb.RECEIVE, actor=actor, changes=changes)
    tell(visit, "visit.message", keepers(visit))
    tell(visit, "visit.message_to_deputy", visitors(visit))
    return code


def _new(client_id: UUID, to: Addressee) -> Visit:
    hour = timezone.localtime(clock.now()).time().replace(second=0, microsecond=0)
    return Visit(client_id=client_id, station=to.station, kind=Visit.Kind.QR, on=clock.today(), time=hour)


def _code_of_before(client_id: UUID, words: str) -> str:
    """The code of the message that this form made; only with the same words, or nothing would be kept of the new."""
    rows = Opinion.objects.filter(visit__client_id=client_id, visit__kind=Visit.Kind.QR, words=words)
    opinion = rows.exclude(track_digest=None).first()
    code = tracking.shown_again(client_id, opinion.track_digest or "") if opinion else ""
    if not code:
        raise sent_otherwise()
    return code


def _voter(message: Message) -> Voter:
    """Who wrote: there even without a name, since it keeps to what the voter agreed."""
    voter = Voter(village=message.village.strip(), consent=CONSENT, consented_at=clock.now())
    voter.seal(name=message.name.strip(), phone=message.phone.strip())
    voter.save(force_insert=True)
    return voter


def _kept(photo: UploadedFile) -> Attachment:
    """The photograph, newly drawn. Raises Invalid ``photo``."""
    try:
        return store_picture(photo, user=None)
    except Invalid as refused:
        raise Invalid("photo", refused.code, refused.sentence) from refused
