"""Visits taken over from a register, which leaves out what it does not know. No event table is altered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberations", "0003_meetings"),
        ("stations", "0002_guards_and_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_refused_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_answered_says_how",
        ),
        migrations.RemoveConstraint(
            model_name="telling",
            name="telling_says_what",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_recorded_has_a_place",
        ),
        migrations.AddField(
            model_name="opinion",
            name="reported",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="visit",
            name="imported_from",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="visit",
            name="reported_topics",
            field=models.CharField(blank=True, max_length=200, verbose_name="topics carried along"),
        ),
        migrations.AlterField(
            model_name="telling",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="telling",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("IN_PERSON", "in person"),
                    ("PHONE", "by telephone"),
                    ("WECHAT", "by WeChat"),
                    ("LETTER", "by letter"),
                    ("MEETING", "at a meeting"),
                ],
                max_length=12,
                verbose_name="how",
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("route", "REFUSED"), _negated=True),
                    models.Q(("route_reason", ""), _negated=True),
                    ("reported", True),
                    _connector="OR",
                ),
                name="opinion_refused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("route", "ANSWERED"), _negated=True),
                    models.Q(("on_the_spot_answer", ""), _negated=True),
                    ("reported", True),
                    _connector="OR",
                ),
                name="opinion_answered_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", True), ("reached", False), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="telling_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", True), models.Q(("how", ""), _negated=True), _connector="OR"),
                name="telling_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "INCOMPLETE"),
                    models.Q(("place", ""), _negated=True),
                    models.Q(("imported_from", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_recorded_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_by__isnull", False), models.Q(("imported_from", ""), _negated=True), _connector="OR"
                ),
                name="visit_recorded_by_somebody",
            ),
        ),
    ]
