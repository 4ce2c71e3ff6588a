"""Every kind of folder by its name in the address."""

from supervision.folders.contents import Source
from supervision.folders.deputies import MEETING, TRAINING
from supervision.folders.voters import RECEPTION, VISITS, VOTERS_MEETING

SOURCES: dict[str, Source] = {source.kind: source for source in (RECEPTION, VISITS, VOTERS_MEETING, TRAINING, MEETING)}
