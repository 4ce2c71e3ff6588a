"""Columns of a list that are the same for every request: their SQL is written once, not at each page."""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Subquery
from django.db.models.expressions import RawSQL


def frozen(model: Any, columns: dict[str, Any]) -> dict[str, RawSQL]:
    """The columns (sub-queries of rows of ``model``) as SQL that Django has already written for this database.

    For a query that starts from the model's own table and is nobody's sub-query, as the page of a list: there the table
    has its own name. Building and compiling seven sub-queries takes longer than reading fifty rows by them.
    """
    query = model._base_manager.annotate(**columns).values(*columns).query
    compiler = query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    return {name: _written(compiler, query.annotations[name]) for name in columns}


def kept_by_database(build: Any) -> Any:
    """Keep what ``build(vendor, …)`` returns for each database and each set of its arguments."""
    kept = lru_cache(maxsize=256)(build)

    def found(*args: Any) -> Any:
        return kept(connection.vendor, *args)

    return found


def _written(compiler: Any, expression: Any) -> RawSQL:
    sql, params = compiler.compile(expression)
    if type(expression) is Subquery:
        sql = sql[1:-1]  # RawSQL brings brackets of its own
    return RawSQL(sql, params, expression.output_field)  # noqa: S611
