"""Supervision cards; their record is append-only."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow.guards import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_guards"),
        ("files", "0001_initial"),
        ("suggestions", "0003_whole_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "to be signed"),
                            ("ISSUED", "issued"),
                            ("FEEDBACK_GIVEN", "completion reported"),
                            ("STRUCK_OFF", "struck off"),
                        ],
                        default="DRAFT",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number of the card")),
                (
                    "body_person",
                    models.CharField(blank=True, max_length=40, verbose_name="person of the supervising body"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="accounts.organ",
                        verbose_name="supervising body",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="accounts.person",
                        verbose_name="supervising deputy chairperson",
                    ),
                ),
                (
                    "suggestion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="card", to="suggestions.suggestion"
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision card",
                "verbose_name_plural": "supervision cards",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CardFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.TextField(verbose_name="report of completion")),
                ("on", models.DateField(verbose_name="date")),
                ("signed_by", models.CharField(max_length=40, verbose_name="signed by")),
                ("deputy_opinion", models.TextField(blank=True, verbose_name="the deputy's opinion")),
                ("conclusion", models.TextField(blank=True, verbose_name="the deputy chairperson's conclusion")),
                ("accepted", models.BooleanField(null=True)),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="concluded on")),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="supervision.card"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SupervisionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveIntegerField()),
                ("verb", models.CharField(max_length=40)),
                ("from_state", models.CharField(blank=True, max_length=24)),
                ("to_state", models.CharField(max_length=24)),
                ("part", models.CharField(blank=True, max_length=24)),
                ("part_key", models.UUIDField(blank=True, null=True)),
                ("part_from", models.CharField(blank=True, max_length=24)),
                ("part_to", models.CharField(blank=True, max_length=24)),
                ("round", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("request_id", models.CharField(blank=True, max_length=36)),
                ("at", models.DateTimeField()),
                ("detail_digest", models.CharField(max_length=64)),
                ("algorithm", models.CharField(default="sha256", max_length=16)),
                ("prev_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("IN_SYSTEM", "in the system"),
                            ("PAPER", "on paper"),
                            ("TELEPHONE", "by telephone"),
                            ("IMPORT", "imported"),
                        ],
                        default="IN_SYSTEM",
                        max_length=12,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="supervision.card"
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "ordering": ["card", "seq"],
            },
        ),
        migrations.CreateModel(
            name="SupervisionEventDetail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("reason", models.TextField(blank=True)),
                ("changes", models.JSONField(blank=True, default=dict)),
                ("redacted_by_seq", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detail",
                        to="supervision.supervisionevent",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CardVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("why_key", models.TextField(verbose_name="why it is key")),
                ("requirements", models.TextField(verbose_name="requirements")),
                ("milestones", models.TextField(blank=True, verbose_name="milestones")),
                ("organ_leader", models.CharField(max_length=40, verbose_name="responsible leader")),
                ("handler", models.CharField(blank=True, max_length=40, verbose_name="handler")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("due_on", models.DateField(verbose_name="to be completed by")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="supervision.card"
                    ),
                ),
                (
                    "co_organs",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="accounts.organ", verbose_name="co-handling organs"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organ",
                        verbose_name="responsible organ",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "signed_sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="signed sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [models.UniqueConstraint(fields=("card", "version"), name="cardversion_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="supervisionevent",
            constraint=models.UniqueConstraint(fields=("card", "seq"), name="supervisionevent_in_order"),
        ),
        guard("supervision_supervisionevent", "supervision_supervisioneventdetail"),
    ]
