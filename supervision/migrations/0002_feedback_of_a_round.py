"""A report of completion belongs to a round and is concluded from a judgement; cards are signed as a whole."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0003_whole_life"), ("supervision", "0001_cards")]

    operations = [
        migrations.AlterField(
            model_name="card",
            name="status",
            field=models.CharField(
                choices=[
                    ("DRAFT", "to be signed"),
                    ("ISSUED", "signed and issued"),
                    ("FEEDBACK_GIVEN", "completion reported"),
                    ("STRUCK_OFF", "struck off"),
                ],
                default="DRAFT",
                max_length=24,
                verbose_name="state",
            ),
        ),
        migrations.RemoveField(model_name="cardfeedback", name="deputy_opinion"),
        migrations.AddField(
            model_name="cardfeedback",
            name="evaluation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suggestions.evaluation",
            ),
        ),
        migrations.AddField(
            model_name="cardfeedback",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="cardfeedback",
            constraint=models.CheckConstraint(
                condition=Q(accepted=None, concluded_on=None)
                | Q(accepted__isnull=False, concluded_on__isnull=False) & ~Q(conclusion=""),
                name="cardfeedback_concluded_as_a_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardfeedback",
            constraint=models.UniqueConstraint(
                fields=["card"], condition=Q(accepted=None), name="cardfeedback_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardversion",
            constraint=models.CheckConstraint(
                condition=~Q(organ_leader=""), name="cardversion_names_who_is_responsible"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardversion",
            constraint=models.CheckConstraint(
                condition=Q(signed_by=None, signed_on=None, issued_on=None, sha256="")
                | Q(signed_by__isnull=False, signed_on__isnull=False, issued_on__isnull=False) & ~Q(sha256=""),
                name="cardversion_signed_as_a_whole",
            ),
        ),
    ]
