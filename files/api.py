"""Jobs and imports."""

from typing import Any

from files import policies
from files.models import ImportBatch, Job
from files.serializers import ImportBatchRow, JobRow, WholeImportBatchRow
from workflow.api.reading import Reading
from workflow.filters import one_of


class Jobs(Reading):
    """What one asked for under this post, newest first."""

    model, row = Job, JobRow
    order = (("created_at", "desc"), ("pk", "desc"))
    filters = {"state": one_of(Job.State)}


class ImportBatches(Reading):
    """Workbooks that were taken over, newest first."""

    model, row, whole = ImportBatch, ImportBatchRow, WholeImportBatchRow
    order = (("at", "desc"), ("pk", "desc"))
    may = staticmethod(policies.can_see_imports)

    def visible(self, actor: Any) -> Any:
        """For the staff, who run the registry."""
        return ImportBatch.objects.all() if policies.can_see_imports(actor) else ImportBatch.objects.none()
