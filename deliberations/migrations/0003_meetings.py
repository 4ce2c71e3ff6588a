"""Meetings, what is said and promised there; the record of deliberation takes them in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow.guards import guard


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_guards"),
        ("deliberations", "0002_guards_and_defaults"),
        ("files", "0001_initial"),
        ("stations", "0002_guards_and_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("DEPUTY", "deputy"),
                            ("ORGAN", "responsible organ"),
                            ("LEADER", "leader"),
                            ("OTHER", "other"),
                        ],
                        max_length=8,
                        verbose_name="came as",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("post", models.CharField(blank=True, max_length=80, verbose_name="post")),
                (
                    "state",
                    models.CharField(
                        choices=[("PRESENT", "present"), ("LEAVE", "on leave"), ("ABSENT", "absent")],
                        default="PRESENT",
                        max_length=8,
                        verbose_name="attendance",
                    ),
                ),
                ("leave_reason", models.CharField(blank=True, max_length=100, verbose_name="reason for leave")),
            ],
            options={
                "ordering": ["part", "id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("DELIBERATION", "deliberation meeting"), ("HAND_OVER", "hand-over meeting")],
                        max_length=16,
                        verbose_name="kind of meeting",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PLANNED", "planned"),
                            ("OPEN", "being recorded"),
                            ("CLOSED", "closed"),
                            ("CANCELLED", "cancelled"),
                        ],
                        default="PLANNED",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                ("time", models.TimeField(blank=True, null=True, verbose_name="hour")),
                ("place", models.CharField(max_length=80, verbose_name="place")),
                ("chair", models.CharField(blank=True, max_length=40, verbose_name="chaired by")),
                ("recorder", models.CharField(blank=True, max_length=40, verbose_name="recorder")),
                ("convenor", models.CharField(blank=True, max_length=80, verbose_name="convened by")),
                ("held_with", models.CharField(blank=True, max_length=80, verbose_name="held together with")),
                ("key_only", models.BooleanField(default=False, verbose_name="for key suggestions only")),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MeetingOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("order", models.PositiveSmallIntegerField(verbose_name="no.")),
                ("text", models.TextField(verbose_name="opinion")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EXPLAINED", "explained"),
                            ("PROMISED", "promised on the spot"),
                            ("FORWARDED", "forwarded"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("COUNTY_LEAD", "a county deputy leads it as a suggestion"),
                            ("TOWNSHIP", "the township presidium takes it to the township government"),
                            ("COMMITTEE", "the standing committee submits it"),
                        ],
                        max_length=12,
                        verbose_name="way",
                    ),
                ),
                ("basis_text", models.TextField(blank=True, verbose_name="explanation, with its policy or law")),
                (
                    "conditions_limited",
                    models.BooleanField(
                        default=False, verbose_name="cannot be solved now because conditions are limited"
                    ),
                ),
                ("answered_by", models.CharField(blank=True, max_length=80, verbose_name="answered by")),
                (
                    "acknowledgement",
                    models.CharField(
                        blank=True,
                        choices=[("ACCEPTS", "accepts"), ("UNDERSTANDS", "understands"), ("NOT", "does not accept")],
                        max_length=12,
                        verbose_name="the deputy",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion in deliberation",
                "verbose_name_plural": "opinions in deliberation",
                "ordering": ["meeting", "order"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                            ("MADE", "promised"),
                            ("REPORTED_DONE", "reported as done"),
                            ("KEPT", "kept"),
                            ("NOT_KEPT", "not kept"),
                            ("TAKEN_UP", "taken up as a suggestion"),
                        ],
                        default="MADE",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("text", models.TextField(verbose_name="what was promised")),
                ("person", models.CharField(max_length=80, verbose_name="promised by")),
                ("made_on", models.DateField(verbose_name="promised on")),
                ("due_on", models.DateField(verbose_name="to be kept by")),
                ("report", models.TextField(blank=True, verbose_name="what was done")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
            ],
            options={
                "verbose_name": "promise on the spot",
                "verbose_name_plural": "promises on the spot",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="TownshipTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("due_on", models.DateField(verbose_name="to be settled by")),
                ("handler", models.CharField(blank=True, max_length=40, verbose_name="handler")),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="deliberationevent",
            name="deliberationevent_one_root",
        ),
        migrations.AddField(
            model_name="cycle",
            name="review",
            field=models.TextField(blank=True, verbose_name="what it came to"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attended",
                to="stations.mandate",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="organ",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attended",
                to="accounts.organ",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="deliberations.cycle",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="station",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="stations.station",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="deliberations.meeting"
            ),
        ),
        migrations.AddField(
            model_name="deliberationevent",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="deliberations.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="answering_organ",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organ",
                verbose_name="answering organ",
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="basis",
            field=models.ManyToManyField(
                blank=True, related_name="deliberated", to="deliberations.opinion", verbose_name="basis"
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="county_lead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stations.mandate",
                verbose_name="lead deputy",
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="field",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deliberations.subjectfield",
                verbose_name="subject field",
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="deliberations.meeting"
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spoken",
                to="stations.mandate",
                verbose_name="speaker",
            ),
        ),
        migrations.AddField(
            model_name="meetingopinion",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meeting_opinions",
                to="deliberations.topic",
                verbose_name="topic",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="meeting_opinion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="promise", to="deliberations.meetingopinion"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promises",
                to="accounts.organ",
                verbose_name="organ",
            ),
        ),
        migrations.AddField(
            model_name="promise",
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
            model_name="deliberationevent",
            name="promise",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="deliberations.promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliberationevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cycle__isnull", False),
                        ("meeting__isnull", True),
                        ("promise__isnull", True),
                        ("visit__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("meeting__isnull", True),
                        ("promise__isnull", True),
                        ("visit__isnull", False),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("meeting__isnull", False),
                        ("promise__isnull", True),
                        ("visit__isnull", True),
                    ),
                    models.Q(
                        ("cycle__isnull", True),
                        ("meeting__isnull", True),
                        ("promise__isnull", False),
                        ("visit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="deliberationevent_one_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliberationevent",
            constraint=models.UniqueConstraint(fields=("meeting", "seq"), name="deliberationevent_meeting_in_order"),
        ),
        migrations.AddConstraint(
            model_name="deliberationevent",
            constraint=models.UniqueConstraint(fields=("promise", "seq"), name="deliberationevent_promise_in_order"),
        ),
        migrations.AddField(
            model_name="townshiptask",
            name="meeting_opinion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="township_task",
                to="deliberations.meetingopinion",
            ),
        ),
        migrations.AddField(
            model_name="townshiptask",
            name="township",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="stations.township"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cycle__isnull", False), ("kind", "DELIBERATION"), ("station__isnull", False)),
                    models.Q(("cycle__isnull", True), ("kind", "HAND_OVER"), ("station__isnull", True)),
                    _connector="OR",
                ),
                name="meeting_of_a_station_in_a_cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "DELIBERATION"), models.Q(("status", "CANCELLED"), _negated=True)),
                fields=("cycle", "station"),
                name="meeting_once_per_station_and_cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "mandate"), name="attendance_once_per_deputy"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mandate__isnull", False), ("organ__isnull", True), ("part", "DEPUTY")),
                    models.Q(("mandate__isnull", True), ("organ__isnull", False), ("part", "ORGAN")),
                    models.Q(("mandate__isnull", True), ("organ__isnull", True), ("part__in", ["LEADER", "OTHER"])),
                    _connector="OR",
                ),
                name="attendance_says_as_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.UniqueConstraint(fields=("meeting", "order"), name="meetingopinion_in_order"),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="meetingopinion_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "FORWARDED"), models.Q(("way", ""), _negated=True)),
                    models.Q(models.Q(("outcome", "FORWARDED"), _negated=True), ("way", "")),
                    _connector="OR",
                ),
                name="meetingopinion_forwarded_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("county_lead__isnull", False), ("way", "COUNTY_LEAD")),
                    models.Q(models.Q(("way", "COUNTY_LEAD"), _negated=True), ("county_lead__isnull", True)),
                    _connector="OR",
                ),
                name="meetingopinion_lead_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "EXPLAINED"), _negated=True),
                    models.Q(
                        models.Q(("basis_text", ""), _negated=True), models.Q(("acknowledgement", "NOT"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="meetingopinion_explained_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("conditions_limited", False), ("outcome", "EXPLAINED"), _connector="OR"),
                name="meetingopinion_limits_are_explained",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["status", "due_on"], name="promise_due"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("made_on"))), name="promise_due_after_made"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REPORTED_DONE"), _negated=True),
                    models.Q(("reported_on__isnull", False), models.Q(("report", ""), _negated=True)),
                    _connector="OR",
                ),
                name="promise_reported_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="townshiptask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("result", "")),
                    models.Q(("done_on__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="townshiptask_done_says_what",
            ),
        ),
        guard("deliberations_deliberationevent", "deliberations_deliberationeventdetail"),
    ]
