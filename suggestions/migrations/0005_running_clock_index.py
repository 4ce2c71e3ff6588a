"""The running limit of a suggestion, which every row of its list looks up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0004_objections_and_commitments")]

    operations = [
        migrations.AddIndex(
            model_name="suggestionclock",
            index=models.Index(
                condition=models.Q(("met_on", None), ("voided_on", None)),
                fields=["suggestion", "kind"],
                name="clock_running",
            ),
        ),
    ]
