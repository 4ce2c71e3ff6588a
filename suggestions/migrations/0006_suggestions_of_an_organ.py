"""Which suggestions an organ has, from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0005_running_clock_index")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["organ", "suggestion"], include=["status", "objection_until", "id"], name="assignment_of_organ"
            ),
        ),
    ]
