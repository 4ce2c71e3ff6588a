"""Keys by which programs act as one person under one post."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="what it is for")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField()),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used on")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="accounts.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-id"],
            },
        ),
    ]
