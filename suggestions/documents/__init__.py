"""The official forms of a suggestion as Word documents (F2, F8, F9): what stands in each, from what the reader may see."""

from suggestions.documents.forms import LETTER_HEADED, LETTER_PLAIN, LETTERS, OPINION, SLIP
from suggestions.documents.letters import host_part, letter, letter_name, opinion_forms, opinion_forms_name
from suggestions.documents.slips import slip_names, slips, slips_at, slips_of

__all__ = [
    "LETTERS",
    "LETTER_HEADED",
    "LETTER_PLAIN",
    "OPINION",
    "SLIP",
    "host_part",
    "letter",
    "letter_name",
    "opinion_forms",
    "opinion_forms_name",
    "slip_names",
    "slips",
    "slips_at",
    "slips_of",
]
