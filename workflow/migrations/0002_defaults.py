"""The calendar and the first rule set."""

from django.db import migrations

from workflow.defaults import install


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
