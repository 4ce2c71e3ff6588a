"""A suggestion from its draft, with sources, key designation, extensions and ends by resolution."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_guards"),
        ("deliberations", "0003_meetings"),
        ("files", "0001_initial"),
        ("stations", "0002_guards_and_defaults"),
        ("suggestions", "0002_guards_and_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
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
                ("requested_on", models.DateField(verbose_name="requested on")),
                ("old_due_on", models.DateField(verbose_name="date until now")),
                ("new_due_on", models.DateField(verbose_name="date asked for")),
                ("reason", models.TextField(verbose_name="reason")),
                ("measures", models.TextField(verbose_name="what was done so far")),
                ("explained_on", models.DateField(verbose_name="explained to the deputy on")),
                (
                    "explained_how",
                    models.CharField(
                        choices=[
                            ("VISIT", "visited the deputy"),
                            ("TALK", "talk in person"),
                            ("INVITED", "invited the deputy to the site"),
                            ("PHONE", "telephone"),
                            ("WECHAT", "WeChat"),
                        ],
                        max_length=8,
                        verbose_name="how it was explained",
                    ),
                ),
                ("signed_by", models.CharField(max_length=40, verbose_name="signed by")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("agreed_by", models.CharField(blank=True, max_length=40, verbose_name="who agreed")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_numbered_once_registered",
        ),
        migrations.AddField(
            model_name="handover",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_overs",
                to="deliberations.meeting",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="slip_no",
            field=models.CharField(blank=True, max_length=40, verbose_name="number of the slip"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="agenda_on",
            field=models.DateField(blank=True, null=True, verbose_name="on the council's agenda since"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="agenda_round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="closing_resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closed_suggestions",
                to="deliberations.resolution",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="deliberations.cycle",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="key_nomination",
            field=models.TextField(blank=True, verbose_name="why it is nominated as key"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="key_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("VITAL", "livelihood matter of the whole county"),
                    ("OVERALL", "bears on overall development"),
                    ("HOT", "issue the public is concerned about"),
                ],
                max_length=12,
                verbose_name="why it is key",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="key_resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="key_suggestions",
                to="deliberations.resolution",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="raised_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="raised",
                to="stations.mandate",
                verbose_name="raised by",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="referred_to",
            field=models.CharField(blank=True, max_length=80, verbose_name="referred to"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("PRIVATE", "own or relatives' private matter"),
                    ("IN_COURT", "matter before a court or in arbitration"),
                    ("ACCUSATION", "accusation, appeal or denunciation"),
                    ("PETITION", "a petition passed on"),
                    ("ACADEMIC", "academic discussion or promotion of a product"),
                    ("NO_CONTENT", "no concrete content"),
                    ("OUTSIDE", "outside the county or its powers"),
                    ("UNLAWFUL", "against the law"),
                ],
                max_length=12,
                verbose_name="why it is not accepted",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.attachment",
                verbose_name="handwritten sheet",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="submitted_by",
            field=models.CharField(
                choices=[("DEPUTY", "a deputy"), ("COMMITTEE", "the standing committee")],
                default="DEPUTY",
                max_length=12,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="supervising_body",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervised",
                to="accounts.organ",
                verbose_name="supervising body",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="supervising_leader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervised",
                to="accounts.person",
                verbose_name="supervising deputy chairperson",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="closing_basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("SATISFIED", "satisfied"),
                    ("BASICALLY", "basically satisfied"),
                    ("UNDERSTOOD", "the deputy understands, by resolution"),
                    ("CANNOT_BE_DONE", "cannot be done under the law, explained, by resolution"),
                    ("NOT_GIVEN", "no opinion was given, by resolution"),
                    ("REPORTED", "closed as the former ledger reports"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="facts",
            field=models.TextField(blank=True, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="origin",
            field=models.CharField(
                choices=[
                    ("SESSION", "in session"),
                    ("BETWEEN", "between sessions"),
                    ("DELIBERATION", "deliberation"),
                    ("VISIT", "visit to voters"),
                ],
                default="BETWEEN",
                max_length=16,
                verbose_name="origin",
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
                    ("CLOSED", "completed"),
                    ("REFUSED", "not accepted as a suggestion"),
                    ("REFERRED", "referred elsewhere"),
                    ("WITHDRAWN", "withdrawn"),
                    ("DISCARDED", "draft discarded"),
                ],
                max_length=24,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["DRAFT", "SIGNING", "SUBMITTED", "RETURNED", "REFUSED", "REFERRED", "WITHDRAWN", "DISCARDED"],
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
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "DISCARDED"]),
                    models.Q(("facts", ""), _negated=True),
                    models.Q(("imported_from", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_complete_once_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REFUSED"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_refused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REFERRED"), _negated=True),
                    models.Q(("referred_to", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_referred_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_key", False),
                    models.Q(("key_resolution__isnull", False), ("supervising_leader__isnull", False)),
                    models.Q(("imported_from", ""), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_key_by_resolution",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closing_basis__in", ["UNDERSTOOD", "CANNOT_BE_DONE", "NOT_GIVEN"]), _negated=True),
                    ("closing_resolution__isnull", False),
                    _connector="OR",
                ),
                name="suggestion_ended_by_resolution",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="suggestions.assignment"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="meeting_opinion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collected",
                to="deliberations.meetingopinion",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="opinion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collected",
                to="deliberations.opinion",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="promise",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collected",
                to="deliberations.promise",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="suggestions.suggestion"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["REQUESTED", "OFFICE_AGREED"])),
                fields=("assignment",),
                name="extension_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_due_on__gt", models.F("old_due_on"))), name="extension_is_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["REQUESTED", "OFFICE_AGREED"]), ("decided_on__isnull", False), _connector="OR"
                ),
                name="extension_decided_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting_opinion__isnull", False), ("opinion__isnull", True), ("promise__isnull", True)),
                    models.Q(("meeting_opinion__isnull", True), ("opinion__isnull", True), ("promise__isnull", False)),
                    models.Q(("meeting_opinion__isnull", True), ("opinion__isnull", False), ("promise__isnull", True)),
                    _connector="OR",
                ),
                name="source_is_one_thing",
            ),
        ),
    ]
