"""What becomes known when the committee acts on a deputy's judgement."""

from datetime import date

from suggestions.models import Evaluation, Suggestion, Verdict


def make_known(case: Suggestion, today: date) -> None:
    """From today on the organs read how the present round was judged."""
    Verdict.objects.filter(suggestion=case, round=case.round, released_on=None).update(released_on=today)
    of_round = Evaluation.objects.filter(reply__assignment__suggestion=case, reply__assignment__round=case.round)
    of_round.filter(released_on=None).update(released_on=today)
