"""Electoral districts, reception days with duties, the standard of a station, public pages of deputies."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import stations.models.places


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_own_templates_and_undoing"),
        ("stations", "0002_guards_and_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="what there must be")),
                ("evidence", models.CharField(blank=True, max_length=120, verbose_name="what shows it")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("in_use", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["order", "id"],
            },
        ),
        migrations.AddField(
            model_name="mandate",
            name="by_election",
            field=models.BooleanField(default=False, verbose_name="elected in a by-election"),
        ),
        migrations.AddField(
            model_name="township",
            name="market_days",
            field=models.JSONField(blank=True, default=list, verbose_name="market days"),
        ),
        migrations.AddField(
            model_name="township",
            name="market_lunar",
            field=models.BooleanField(default=True, verbose_name="by the lunar calendar"),
        ),
        migrations.CreateModel(
            name="DeputyPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("qr_token", models.CharField(default=stations.models.places.qr_token, max_length=24, unique=True)),
                ("words", models.TextField(blank=True, max_length=300, verbose_name="a few words about oneself")),
                (
                    "mandate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="page", to="stations.mandate"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="photo",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ElectoralDistrict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the district")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("seats", models.PositiveSmallIntegerField(default=1, verbose_name="seats")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="districts", to="stations.term"
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="districts",
                        to="stations.township",
                    ),
                ),
            ],
            options={
                "verbose_name": "electoral district",
                "verbose_name_plural": "electoral districts",
                "ordering": ["term", "number"],
            },
        ),
        migrations.AddField(
            model_name="mandate",
            name="district",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="stations.electoraldistrict",
                verbose_name="electoral district",
            ),
        ),
        migrations.CreateModel(
            name="ReceptionDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("PLANNED", "planned"), ("HELD", "held"), ("CANCELLED", "cancelled")],
                        default="PLANNED",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("moved_from", models.DateField(blank=True, null=True)),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="to")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="place")),
                ("scope", models.TextField(blank=True, verbose_name="for whom and what")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="notice posted on")),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="why it is cancelled")),
                ("news", models.TextField(blank=True, verbose_name="short news")),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_days",
                        to="stations.station",
                    ),
                ),
            ],
            options={
                "verbose_name": "reception day",
                "verbose_name_plural": "reception days",
                "ordering": ["on", "starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DUE", "on duty"),
                            ("REPLACED", "replaced by another"),
                            ("PRESENT", "present"),
                            ("LEAVE", "on leave"),
                            ("ABSENT", "absent"),
                        ],
                        default="DUE",
                        max_length=8,
                        verbose_name="attendance",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="stations.mandate"
                    ),
                ),
                (
                    "substitute_for",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitute",
                        to="stations.duty",
                        verbose_name="stands in for",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="stations.receptionday"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReceptionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("NOTICE", "posted notice"),
                            ("SIGN_IN", "sign-in sheet"),
                            ("RECORD", "record"),
                            ("PHOTO", "photo"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="stations.receptionday"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="receptionday",
            name="files",
            field=models.ManyToManyField(related_name="+", through="stations.ReceptionFile", to="files.attachment"),
        ),
        migrations.CreateModel(
            name="ReceptionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "months",
                    models.CharField(
                        choices=[("ALL", "every month"), ("ODD", "odd months"), ("EVEN", "even months")],
                        default="ALL",
                        max_length=4,
                        verbose_name="months",
                    ),
                ),
                ("day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day of the month")),
                ("week", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="week of the month")),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weekday")),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="to")),
                ("deputies", models.PositiveSmallIntegerField(default=2, verbose_name="deputies on duty")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception_rules",
                        to="stations.station",
                    ),
                ),
            ],
            options={
                "ordering": ["station", "-since", "id"],
            },
        ),
        migrations.AddField(
            model_name="receptionday",
            name="rule",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="stations.receptionrule",
            ),
        ),
        migrations.CreateModel(
            name="StandardCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("met", models.BooleanField(verbose_name="there")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("on", models.DateField(verbose_name="date")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="photo",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standard_checks",
                        to="stations.station",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="stations.standarditem"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="electoraldistrict",
            constraint=models.UniqueConstraint(fields=("term", "number"), name="district_once_per_term"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(fields=("day", "mandate"), name="duty_once_per_day"),
        ),
        migrations.AddConstraint(
            model_name="receptionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("day__gte", 1),
                        ("day__isnull", False),
                        ("day__lte", 31),
                        ("week__isnull", True),
                        ("weekday__isnull", True),
                    ),
                    models.Q(
                        ("day__isnull", True),
                        ("week__gte", 1),
                        ("week__lte", 4),
                        ("weekday__gte", 0),
                        ("weekday__lte", 6),
                    ),
                    _connector="OR",
                ),
                name="receptionrule_names_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="receptionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="receptionrule_ends_later"
            ),
        ),
        migrations.AddIndex(
            model_name="receptionday",
            index=models.Index(fields=["on", "status"], name="receptionday_next"),
        ),
        migrations.AddConstraint(
            model_name="receptionday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "CANCELLED"), _negated=True),
                fields=("station", "on", "starts_at"),
                name="receptionday_once_per_station",
            ),
        ),
        migrations.AddConstraint(
            model_name="receptionday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "CANCELLED"), _negated=True),
                    models.Q(("cancel_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="receptionday_cancelled_says_why",
            ),
        ),
    ]
