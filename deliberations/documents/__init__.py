"""The plan of a cycle and what is written from its grouping table, as Word documents."""

from deliberations.documents.forms import PLAN_FORMS
from deliberations.documents.plan import document_name, plan_context

__all__ = ["PLAN_FORMS", "document_name", "plan_context"]
