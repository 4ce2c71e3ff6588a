"""Jobs and imports as the API tells them."""

from rest_framework import serializers

from files import kinds
from files.models import ImportBatch, Job
from workflow.serializers import Row


class JobRow(Row):
    """Work that one asked for, and how far it is."""

    title = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = ("id", "kind", "title", "state", "done", "total", "message", "created_at", "finished_at", "result")

    def get_title(self, row: Job) -> str:
        """What it is called, in the reader's language."""
        return str(kinds.title(row))


class ImportBatchRow(Row):
    """One workbook that was taken over."""

    refused_rows = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "name",
            "sha256",
            "at",
            "by",
            "undone_at",
            "undone_by",
            "counts",
            "refused_rows",
        )

    def get_refused_rows(self, row: ImportBatch) -> int:
        """How many rows were refused."""
        return len(row.refused)


class WholeImportBatchRow(ImportBatchRow):
    """One workbook with each refused row and its reason."""

    class Meta(ImportBatchRow.Meta):
        fields = (*ImportBatchRow.Meta.fields, "refused")
