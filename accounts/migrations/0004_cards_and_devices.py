"""Binding cards and trusted phones of deputies."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_api_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="BindingCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("printed_at", models.DateTimeField(verbose_name="printed at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cards", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-printed_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TrustedDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="phone")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("bound_at", models.DateTimeField(blank=True, null=True, verbose_name="bound at")),
                ("trusted_until", models.DateTimeField(blank=True, null=True, verbose_name="trusted until")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used on")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("pin", models.CharField(blank=True, max_length=128)),
                ("wrong_pins", models.PositiveSmallIntegerField(default=0)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="accounts.bindingcard"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="bindingcard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("user",), name="bindingcard_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="trusteddevice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bound_at", None), ("confirmed_by", None), ("trusted_until", None)),
                    models.Q(
                        ("bound_at__isnull", False), ("confirmed_by__isnull", False), ("trusted_until__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="trusteddevice_bound_says_by_whom",
            ),
        ),
    ]
