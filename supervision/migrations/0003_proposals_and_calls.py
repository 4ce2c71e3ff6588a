"""Proposed steps and telephone calls, with a record of their own."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_api_tokens"),
        ("deliberations", "0005_annulled_visits"),
        ("stations", "0002_guards_and_defaults"),
        ("suggestions", "0004_objections_and_commitments"),
        ("supervision", "0002_feedback_of_a_round"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[("MADE", "made"), ("TAKEN_BACK", "ticked by mistake")],
                        default="MADE",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number called")),
                ("on", models.DateField(verbose_name="date")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("TOLD", "told"), ("NO_ANSWER", "nobody answered"), ("PROMISED", "promised a day")],
                        max_length=12,
                        verbose_name="what came of it",
                    ),
                ),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="promised for")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="what was said")),
            ],
            options={
                "verbose_name": "telephone call",
                "verbose_name_plural": "telephone calls",
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CallItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PRESS_HEAD", "press the organ's head"),
                            ("TELL_LEADER", "tell the county leader in charge"),
                        ],
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPEN", "waits to be released"),
                            ("RELEASED", "released"),
                            ("DISMISSED", "not wanted"),
                            ("LAPSED", "no longer true"),
                        ],
                        default="OPEN",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("fact", models.CharField(max_length=120, unique=True)),
                ("act_by", models.DateField(verbose_name="should have been done by")),
                ("to", models.CharField(blank=True, max_length=80, verbose_name="to whom")),
                ("text", models.TextField(blank=True, verbose_name="words")),
            ],
            options={
                "verbose_name": "proposed step",
                "verbose_name_plural": "proposed steps",
                "ordering": ["act_by", "id"],
            },
        ),
        migrations.AlterModelOptions(
            name="supervisionevent",
            options={"ordering": ["id"]},
        ),
        migrations.RemoveConstraint(
            model_name="supervisionevent",
            name="supervisionevent_in_order",
        ),
        migrations.AlterField(
            model_name="supervisionevent",
            name="card",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="supervision.card",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="stations.mandate",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="organ",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="accounts.organ",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="station",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="stations.station",
            ),
        ),
        migrations.AddField(
            model_name="supervisionevent",
            name="call",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="supervision.call",
            ),
        ),
        migrations.AddField(
            model_name="callitem",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="supervision.call"
            ),
        ),
        migrations.AddField(
            model_name="callitem",
            name="commitment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_items",
                to="suggestions.commitment",
            ),
        ),
        migrations.AddField(
            model_name="callitem",
            name="promise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_items",
                to="deliberations.promise",
            ),
        ),
        migrations.AddField(
            model_name="callitem",
            name="receipt",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_items",
                to="deliberations.noticereceipt",
            ),
        ),
        migrations.AddField(
            model_name="callitem",
            name="suggestion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="call_items",
                to="suggestions.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="commitment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="suggestions.commitment",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="accounts.organ",
                verbose_name="organ",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="promise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="deliberations.promise",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="suggestion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="suggestions.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="supervisionevent",
            name="proposal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="supervision.proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("call__isnull", True), ("card__isnull", False), ("proposal__isnull", True)),
                    models.Q(("call__isnull", True), ("card__isnull", True), ("proposal__isnull", False)),
                    models.Q(("call__isnull", False), ("card__isnull", True), ("proposal__isnull", True)),
                    _connector="OR",
                ),
                name="supervisionevent_one_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionevent",
            constraint=models.UniqueConstraint(fields=("card", "seq"), name="supervisionevent_card_in_order"),
        ),
        migrations.AddConstraint(
            model_name="supervisionevent",
            constraint=models.UniqueConstraint(fields=("proposal", "seq"), name="supervisionevent_proposal_in_order"),
        ),
        migrations.AddConstraint(
            model_name="supervisionevent",
            constraint=models.UniqueConstraint(fields=("call", "seq"), name="supervisionevent_call_in_order"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mandate__isnull", True), ("organ__isnull", False), ("station__isnull", True)),
                    models.Q(("mandate__isnull", False), ("organ__isnull", True), ("station__isnull", True)),
                    models.Q(("mandate__isnull", True), ("organ__isnull", True), ("station__isnull", False)),
                    _connector="OR",
                ),
                name="call_to_one_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "PROMISED"), ("promised_on__isnull", False)),
                    models.Q(models.Q(("outcome", "PROMISED"), _negated=True), ("promised_on__isnull", True)),
                    _connector="OR",
                ),
                name="call_promised_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="callitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("commitment__isnull", True),
                        ("promise__isnull", True),
                        ("receipt__isnull", True),
                        ("suggestion__isnull", False),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("promise__isnull", False),
                        ("receipt__isnull", True),
                        ("suggestion__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", False),
                        ("promise__isnull", True),
                        ("receipt__isnull", True),
                        ("suggestion__isnull", True),
                    ),
                    models.Q(
                        ("commitment__isnull", True),
                        ("promise__isnull", True),
                        ("receipt__isnull", False),
                        ("suggestion__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="callitem_about_one_matter",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["status", "act_by"], name="proposal_desk"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("commitment__isnull", True), ("promise__isnull", True), ("suggestion__isnull", False)),
                    models.Q(("commitment__isnull", True), ("promise__isnull", False), ("suggestion__isnull", True)),
                    models.Q(("commitment__isnull", False), ("promise__isnull", True), ("suggestion__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_about_one_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "RELEASED"), _negated=True),
                    models.Q(models.Q(("to", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                    _connector="OR",
                ),
                name="proposal_released_says_what",
            ),
        ),
        guard("supervision_supervisionevent", "supervision_supervisioneventdetail"),
    ]
