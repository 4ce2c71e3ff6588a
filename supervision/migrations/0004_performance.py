"""Entries of a deputy's performance file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0003_receptions_and_standards"),
        ("supervision", "0003_proposals_and_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PerformanceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CONGRESS", "attended the congress"),
                            ("SPEECH", "spoke in deliberation of the congress"),
                            ("SITTING_IN", "sat in on a meeting"),
                            ("INSPECTION", "inspection, research or check of law enforcement"),
                            ("GROUP", "activity of the deputies' group"),
                            ("REPORTING", "reported to voters"),
                            ("GOOD_DEED", "good deed for the people"),
                            ("AWARD", "award"),
                            ("PENALTY", "penalty"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("text", models.CharField(max_length=200, verbose_name="what it was")),
                ("days", models.DecimalField(decimal_places=1, default=0, max_digits=4, verbose_name="days")),
                ("at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
                ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="why it is void")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="performance", to="stations.mandate"
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
                "indexes": [models.Index(fields=["mandate", "-on"], name="performance_of_deputy")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at", None)),
                            models.Q(("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="performance_void_says_why",
                    )
                ],
            },
        ),
    ]
