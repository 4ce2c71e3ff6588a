"""The subject fields."""

from django.db import migrations

from deliberations.defaults import install


class Migration(migrations.Migration):
    dependencies = [("deliberations", "0001_initial")]

    operations = [
        migrations.RunPython(lambda apps, _editor: install(apps), migrations.RunPython.noop),
    ]
