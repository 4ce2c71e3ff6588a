"""Objections, commitments, merging, continuing deputies; an import that was taken back."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_api_tokens"),
        ("deliberations", "0005_annulled_visits"),
        ("files", "0002_own_templates_and_undoing"),
        ("stations", "0002_guards_and_defaults"),
        ("suggestions", "0003_whole_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("OPEN", "to be kept"),
                            ("REPORTED_DONE", "reported as done"),
                            ("CONFIRMED", "kept, struck off"),
                        ],
                        default="OPEN",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("text", models.TextField(verbose_name="what will be done")),
                ("person", models.CharField(max_length=40, verbose_name="responsible person")),
                ("due_on", models.DateField(verbose_name="to be kept by")),
                ("report", models.TextField(blank=True, verbose_name="what was done")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
            ],
            options={
                "verbose_name": "commitment in a reply",
                "verbose_name_plural": "commitments in replies",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Continuation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("TERM", "end of term"),
                            ("RESIGNED", "resigned"),
                            ("DIED", "died"),
                            ("RECALLED", "recalled"),
                            ("MOVED", "moved away"),
                            ("TERMINATED", "qualification ended"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MergeGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="why they are merged")),
                ("since", models.DateField(verbose_name="merged on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("REQUESTED", "requested"),
                            ("OFFICE_AGREED", "agreed by the government office"),
                            ("GRANTED", "granted"),
                            ("REFUSED", "refused"),
                        ],
                        default="REQUESTED",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("requested_on", models.DateField(verbose_name="requested on")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("NOT_OURS", "not the duty of this organ"),
                            ("REVERSED", "host and co-host should change places"),
                            ("MORE_ORGANS", "more organs are needed"),
                            ("HIGHER_LEVEL", "a matter of a higher level"),
                            ("HANDLED", "handled by another organ already"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("basis", models.TextField(verbose_name="which duty or rule it rests on")),
                ("signed_by", models.CharField(blank=True, max_length=40, verbose_name="signed by the main leader")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("decision", models.TextField(blank=True, verbose_name="decision")),
                ("decided_by", models.CharField(blank=True, max_length=40, verbose_name="who decided")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_once_per_round",
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_numbered_once_registered",
        ),
        migrations.AddField(
            model_name="assignment",
            name="objection_until",
            field=models.DateField(blank=True, null=True, verbose_name="objection possible until"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="continued_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued",
                to="stations.mandate",
                verbose_name="continuing deputy",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="status",
            field=models.CharField(
                choices=[
                    ("ASSIGNED", "to be signed for"),
                    ("ACCEPTED", "being handled"),
                    ("OBJECTED", "objection to be decided"),
                    ("ANSWERED", "answered"),
                    ("ENDED", "ended"),
                ],
                default="ASSIGNED",
                max_length=24,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="status",
            field=models.CharField(
                choices=[
                    ("DRAFT", "draft"),
                    ("SIGNING", "co-signers invited"),
                    ("SUBMITTED", "to be registered"),
                    ("RETURNED", "returned to be completed"),
                    ("REGISTERED", "to be handed over"),
                    ("AT_FORWARDER", "to be allotted"),
                    ("HANDLING", "being handled"),
                    ("REPLIED", "replied"),
                    ("FOLLOW_UP", "followed up until the commitment is kept"),
                    ("CLOSED", "completed"),
                    ("REFUSED", "not accepted as a suggestion"),
                    ("REFERRED", "referred elsewhere"),
                    ("WITHDRAWN", "withdrawn"),
                    ("DISCARDED", "draft discarded"),
                    ("ANNULLED", "import taken back"),
                ],
                max_length=24,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="suggestionclock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("RECEIPT", "receipt"),
                    ("CO_HOST", "co-host's opinion"),
                    ("REPLY", "reply"),
                    ("FEEDBACK", "deputy's evaluation"),
                    ("RELEASE", "release of the verdict"),
                    ("OBJECTION", "decision on the objection"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "ENDED"), _negated=True),
                fields=("suggestion", "round", "organ"),
                name="assignment_once_per_round",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="accounts.organ",
                verbose_name="responsible organ",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.attachment",
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="reply",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="suggestions.reply"
            ),
        ),
        migrations.AddField(
            model_name="continuation",
            name="after",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stations.mandate",
                verbose_name="continuing deputy",
            ),
        ),
        migrations.AddField(
            model_name="continuation",
            name="before",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stations.mandate",
                verbose_name="deputy until now",
            ),
        ),
        migrations.AddField(
            model_name="continuation",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continuations",
                to="deliberations.resolution",
            ),
        ),
        migrations.AddField(
            model_name="continuation",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="continuations", to="suggestions.suggestion"
            ),
        ),
        migrations.AddField(
            model_name="mergegroup",
            name="lead",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suggestions.suggestion",
                verbose_name="leading suggestion",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="merge_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="suggestions.mergegroup",
                verbose_name="merged with",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "DRAFT",
                            "SIGNING",
                            "SUBMITTED",
                            "RETURNED",
                            "REFUSED",
                            "REFERRED",
                            "WITHDRAWN",
                            "DISCARDED",
                            "ANNULLED",
                        ],
                    ),
                    models.Q(
                        ("field__isnull", False),
                        ("serial__isnull", False),
                        models.Q(
                            ("registered_on__isnull", False),
                            models.Q(("imported_from", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="suggestion_numbered_once_registered",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="suggestions.assignment"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="proposed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
                verbose_name="who should handle it",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["status", "due_on"], name="commitment_due"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REPORTED_DONE"), _negated=True),
                    models.Q(("reported_on__isnull", False), models.Q(("report", ""), _negated=True)),
                    _connector="OR",
                ),
                name="commitment_reported_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "CONFIRMED"), _negated=True), ("confirmed_on__isnull", False), _connector="OR"
                ),
                name="commitment_confirmed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergegroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("lead",), name="mergegroup_one_per_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["REQUESTED", "OFFICE_AGREED"])),
                fields=("assignment",),
                name="objection_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["REQUESTED", "OFFICE_AGREED"]),
                    models.Q(("decided_on__isnull", False), models.Q(("decision", ""), _negated=True)),
                    _connector="OR",
                ),
                name="objection_decided_says_what",
            ),
        ),
    ]
