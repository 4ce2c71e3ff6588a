"""The record of stations is append-only; the present term is there."""

from django.db import migrations

from stations.defaults import install
from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [("stations", "0001_initial")]

    operations = [
        guard("stations_stationevent", "stations_stationeventdetail"),
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
