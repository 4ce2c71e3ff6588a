"""The verbs of a suggestion's life, in the order in which they happen."""

from suggestions.transitions.handing import allot, hand_over, hand_over_many, send_back, sign_receipt
from suggestions.transitions.handling import give_opinion, record_contact, waive_opinion
from suggestions.transitions.intake import register, submit
from suggestions.transitions.judging import evaluate, release_verdict
from suggestions.transitions.machines import ASSIGNMENT, MACHINES, REPLY, SUGGESTION, Verb
from suggestions.transitions.registry import correct, withdraw
from suggestions.transitions.replying import deliver, draft_reply, return_reply, sign_reply, submit_reply

__all__ = [
    "ASSIGNMENT",
    "MACHINES",
    "REPLY",
    "SUGGESTION",
    "Verb",
    "allot",
    "correct",
    "deliver",
    "draft_reply",
    "evaluate",
    "give_opinion",
    "hand_over",
    "hand_over_many",
    "record_contact",
    "register",
    "release_verdict",
    "return_reply",
    "send_back",
    "sign_receipt",
    "sign_reply",
    "submit",
    "submit_reply",
    "waive_opinion",
    "withdraw",
]
