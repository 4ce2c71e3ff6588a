"""What workbooks say of suggestions (tables 1, 2, 4, 5 and 8), made from what the reader may see."""

from suggestions.reports import dissatisfied
from suggestions.reports.ledger import ENDS, OPINIONS, cases, handed_over, ledger, state_word
from suggestions.reports.rows import remark, rows_of_hand_overs, rows_of_ledger
from suggestions.reports.tally import Counted, Returned, Tally, co_hosted, commitments, count, merged, returned

__all__ = [
    "ENDS",
    "OPINIONS",
    "Counted",
    "Returned",
    "Tally",
    "cases",
    "co_hosted",
    "commitments",
    "count",
    "dissatisfied",
    "handed_over",
    "ledger",
    "merged",
    "remark",
    "returned",
    "rows_of_hand_overs",
    "rows_of_ledger",
    "state_word",
]
