"""The record of deliberation is append-only; the subject fields are there."""

from django.db import migrations

from deliberations.defaults import install
from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [("deliberations", "0001_initial")]

    operations = [
        guard("deliberations_deliberationevent", "deliberations_deliberationeventdetail"),
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
