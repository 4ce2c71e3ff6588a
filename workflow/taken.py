"""What two people enter at the same moment: the loser of a unique constraint gets the sentence of the field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from workflow.engine import Invalid

#: SQLSTATE of a violated unique constraint.
_UNIQUE_VIOLATION = "23505"


@contextmanager
def unless_taken(refusal: Invalid) -> Iterator[None]:
    """Raise the refusal where another wrote the same unique value first, between the verb's own look and its row.

    The refusal must leave the verb's transaction, which is broken; who still asks something opens a savepoint.
    Whatever else the database refuses is a fault of the program and goes on as it is.
    """
    try:
        yield
    except IntegrityError as error:
        if _is_twice(error):
            raise refusal from error
        raise


def _is_twice(error: IntegrityError) -> bool:
    # psycopg2 calls it pgcode, its successor sqlstate; SQLite has only the sentence
    state = getattr(error.__cause__, "pgcode", None) or getattr(error.__cause__, "sqlstate", None)
    return state == _UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error)
