"""The usual list of what a station must have is there."""

from django.db import migrations

from stations.defaults import install


class Migration(migrations.Migration):
    dependencies = [("stations", "0003_receptions_and_standards")]

    operations = [
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
