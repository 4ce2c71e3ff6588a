"""A visit whose import was taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberations", "0004_imported_visits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="status",
            field=models.CharField(
                choices=[
                    ("INCOMPLETE", "to be completed"),
                    ("RECORDED", "recorded"),
                    ("CLOSED", "settled"),
                    ("ANNULLED", "import taken back"),
                ],
                default="INCOMPLETE",
                max_length=24,
                verbose_name="state",
            ),
        ),
    ]
