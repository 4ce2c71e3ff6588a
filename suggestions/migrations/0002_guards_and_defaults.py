"""The record of suggestions is append-only; the result classes are there."""

from django.db import migrations

from suggestions.defaults import install
from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_initial")]

    operations = [
        guard("suggestions_suggestionevent", "suggestions_suggestioneventdetail"),
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
