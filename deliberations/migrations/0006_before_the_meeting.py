"""What is prepared before the meeting: groups, materials, voters' meetings, papers of visits, the township board."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import stations.models.places


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_cards_and_devices"),
        ("deliberations", "0005_annulled_visits"),
        ("files", "0002_own_templates_and_undoing"),
        ("stations", "0003_receptions_and_standards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConveyedMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("DECISION", "major decision"),
                            ("CENTRAL_WORK", "central work"),
                            ("ACHIEVEMENT", "achievement"),
                            ("BENEFIT", "policy for the people"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what was told")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CycleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("TOPICS", "topics"),
                            ("TRAINING", "training"),
                            ("MOBILISATION", "mobilisation"),
                            ("VISITS", "visits to voters"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
            ],
            options={
                "ordering": ["starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20, verbose_name="group")),
                ("members", models.TextField(blank=True, verbose_name="members")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Guests",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("PARTY_MEMBER", "senior Party member"),
                            ("VILLAGE_CADRE", "village cadre"),
                            ("ELDER", "respected elder"),
                            ("BUSINESS_LEADER", "skilled local business leader"),
                            ("VOTER", "voter with an opinion"),
                        ],
                        max_length=16,
                        verbose_name="kind of voter",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="how many")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LeaderContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PARTY_DECISION", "decision of the Party committee"),
                            ("ORGAN_TARGETS", "work targets of an organ"),
                            ("POLICY", "policy for the people"),
                            ("LAW", "law or regulation"),
                            ("GUIDANCE", "guidance for visits"),
                            ("OTHER", "other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("issuer", models.CharField(max_length=80, verbose_name="issuing body")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="document number")),
                ("issued_on", models.DateField(verbose_name="date")),
                ("summary", models.TextField(blank=True, verbose_name="what it says")),
                ("is_key", models.BooleanField(default=False, verbose_name="key document")),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
                "ordering": ["-issued_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MaterialCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("copies", models.PositiveSmallIntegerField(verbose_name="copies")),
                ("on", models.DateField(verbose_name="date")),
                ("received_by", models.CharField(blank=True, max_length=40, verbose_name="received by")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MaterialRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MonthlyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                ("figures", models.JSONField(default=dict)),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("handed_in_at", models.DateTimeField(verbose_name="handed in at")),
            ],
            options={
                "ordering": ["-month", "station"],
            },
        ),
        migrations.CreateModel(
            name="TrainingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("CONTENT", "content"), ("SIGN_IN", "sign-in sheet"), ("PHOTO", "photo")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisitFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PHOTO", "photo"),
                            ("RECORDING", "recording"),
                            ("SHEET", "sheet of paper"),
                            ("SIGN_IN", "sign-in sheet"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("client_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_has_words",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_recorded_by_somebody",
        ),
        migrations.AddField(
            model_name="attendance",
            name="signed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="signed in at"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="training",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendance",
                to="deliberations.training",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("LIST", "on the list"),
                    ("QR", "by QR code"),
                    ("PROXY", "signed by another"),
                    ("PHOTO", "ticked off a photo of the sheet"),
                ],
                max_length=8,
                verbose_name="way of signing in",
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="approvals",
            field=models.ManyToManyField(blank=True, related_name="cycles", to="deliberations.resolution"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="deliberations.cycle",
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="purpose",
            field=models.TextField(blank=True, verbose_name="guiding thought and purpose"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="requirements",
            field=models.TextField(blank=True, verbose_name="requirements"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="news",
            field=models.TextField(blank=True, verbose_name="short news"),
        ),
        # in two steps, or all notices of earlier days would be given the same token
        migrations.AddField(
            model_name="notice",
            name="token",
            field=models.CharField(editable=False, max_length=24, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="token",
            field=models.CharField(
                default=stations.models.places.qr_token, editable=False, max_length=24, null=True, unique=True
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="responsible",
            field=models.CharField(blank=True, max_length=80, verbose_name="who sees to it"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="to_be_typed",
            field=models.BooleanField(default=False, verbose_name="to be typed"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="track_digest",
            field=models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="townshiptask",
            name="assigned_on",
            field=models.DateField(blank=True, null=True, verbose_name="given on"),
        ),
        migrations.AddField(
            model_name="townshiptask",
            name="assignee",
            field=models.CharField(blank=True, max_length=60, verbose_name="given to"),
        ),
        migrations.AddField(
            model_name="townshiptask",
            name="opinion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="township_task",
                to="deliberations.opinion",
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="news",
            field=models.TextField(blank=True, verbose_name="short news"),
        ),
        migrations.AddField(
            model_name="training",
            name="sign_in_token",
            field=models.CharField(blank=True, editable=False, max_length=24, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="chair",
            field=models.CharField(blank=True, max_length=40, verbose_name="chaired by"),
        ),
        migrations.AddField(
            model_name="visit",
            name="leaders",
            field=models.ManyToManyField(
                blank=True, related_name="visits_led", to="accounts.person", verbose_name="leaders"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="news",
            field=models.TextField(blank=True, verbose_name="short news"),
        ),
        migrations.AddField(
            model_name="visit",
            name="reception_day",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="stations.receptionday",
                verbose_name="reception day",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="recorder",
            field=models.CharField(blank=True, max_length=40, verbose_name="recorder"),
        ),
        migrations.AddField(
            model_name="voter",
            name="consent",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="voter",
            name="consented_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="voter",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="name and number erased at"),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendance",
                to="deliberations.meeting",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="state",
            field=models.CharField(
                choices=[
                    ("EXPECTED", "expected"),
                    ("GOING", "says to come"),
                    ("PRESENT", "present"),
                    ("LEAVE", "on leave"),
                    ("ABSENT", "absent"),
                ],
                default="PRESENT",
                max_length=8,
                verbose_name="attendance",
            ),
        ),
        migrations.AlterField(
            model_name="townshiptask",
            name="meeting_opinion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="township_task",
                to="deliberations.meetingopinion",
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("VISIT", "visit"),
                    ("RECEPTION", "reception day"),
                    ("APPOINTMENT", "by appointment"),
                    ("QR", "by QR code"),
                    ("LETTER", "by letter"),
                    ("VOTER_MEETING", "voters' meeting"),
                ],
                default="VISIT",
                max_length=16,
                verbose_name="kind of visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting__isnull", False), ("training__isnull", True)),
                    models.Q(("meeting__isnull", True), ("training__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_of_one_gathering",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("training", "mandate"), name="attendance_once_per_training"),
        ),
        migrations.AddConstraint(
            model_name="townshiptask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("meeting_opinion__isnull", False), ("opinion__isnull", True)),
                    models.Q(("meeting_opinion__isnull", True), ("opinion__isnull", False)),
                    _connector="OR",
                ),
                name="townshiptask_of_one_opinion",
            ),
        ),
        migrations.AddField(
            model_name="conveyedmatter",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="conveyed", to="deliberations.visit"
            ),
        ),
        migrations.AddField(
            model_name="cyclestep",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="deliberations.cycle"
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="deliberations.cycle"
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="leader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_groups",
                to="accounts.person",
                verbose_name="leader",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="organs",
            field=models.ManyToManyField(blank=True, related_name="groups", to="accounts.organ", verbose_name="organs"),
        ),
        migrations.AddField(
            model_name="cyclestation",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stations",
                to="deliberations.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="guests",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="guests", to="deliberations.visit"
            ),
        ),
        migrations.AddField(
            model_name="leadercontact",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="leader_contacts", to="deliberations.cycle"
            ),
        ),
        migrations.AddField(
            model_name="leadercontact",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_stations",
                to="accounts.person",
                verbose_name="leader",
            ),
        ),
        migrations.AddField(
            model_name="leadercontact",
            name="station",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="leader_contacts", to="stations.station"
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="deliberations.cycle",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.attachment",
                verbose_name="file",
            ),
        ),
        migrations.AddField(
            model_name="conveyedmatter",
            name="material",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conveyed",
                to="deliberations.material",
                verbose_name="material",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinions",
                to="deliberations.material",
                verbose_name="about the document",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="materials",
            field=models.ManyToManyField(
                blank=True, related_name="visits", to="deliberations.material", verbose_name="materials handed out"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), ("to_be_typed", True), _connector="OR"),
                name="opinion_has_words",
            ),
        ),
        migrations.AddField(
            model_name="materialcopy",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="deliberations.material"
            ),
        ),
        migrations.AddField(
            model_name="materialcopy",
            name="station",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="material_copies", to="stations.station"
            ),
        ),
        migrations.AddField(
            model_name="materialread",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="deliberations.material"
            ),
        ),
        migrations.AddField(
            model_name="materialread",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="readings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="monthlyreturn",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="monthlyreturn",
            name="station",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="stations.station"
            ),
        ),
        migrations.AddField(
            model_name="trainingfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
            ),
        ),
        migrations.AddField(
            model_name="trainingfile",
            name="training",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="deliberations.training"
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="files",
            field=models.ManyToManyField(related_name="+", through="deliberations.TrainingFile", to="files.attachment"),
        ),
        migrations.AddField(
            model_name="visitfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
            ),
        ),
        migrations.AddField(
            model_name="visitfile",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="deliberations.visit"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="files",
            field=models.ManyToManyField(related_name="+", through="deliberations.VisitFile", to="files.attachment"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_by__isnull", False),
                    models.Q(("imported_from", ""), _negated=True),
                    ("kind", "QR"),
                    _connector="OR",
                ),
                name="visit_recorded_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="cyclestep",
            constraint=models.UniqueConstraint(fields=("cycle", "step"), name="cyclestep_once"),
        ),
        migrations.AddConstraint(
            model_name="cyclestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="cyclestep_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(fields=("cycle", "name"), name="group_once_per_cycle"),
        ),
        migrations.AddConstraint(
            model_name="guests",
            constraint=models.UniqueConstraint(fields=("visit", "category"), name="guests_once_per_kind"),
        ),
        migrations.AddConstraint(
            model_name="guests",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="guests_at_least_one"),
        ),
        migrations.AddConstraint(
            model_name="leadercontact",
            constraint=models.UniqueConstraint(fields=("cycle", "station", "person"), name="leadercontact_once"),
        ),
        migrations.AddConstraint(
            model_name="materialcopy",
            constraint=models.CheckConstraint(condition=models.Q(("copies__gte", 1)), name="materialcopy_at_least_one"),
        ),
        migrations.AddConstraint(
            model_name="materialcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_by", ""), ("received_on__isnull", True)),
                    models.Q(("received_on__isnull", False), models.Q(("received_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="materialcopy_received_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="materialread",
            constraint=models.UniqueConstraint(fields=("material", "user"), name="materialread_once"),
        ),
        migrations.AddConstraint(
            model_name="monthlyreturn",
            constraint=models.UniqueConstraint(fields=("station", "month"), name="monthlyreturn_once"),
        ),
    ]
