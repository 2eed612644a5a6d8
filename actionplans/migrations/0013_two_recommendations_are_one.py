import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0012_earlier_reports_taken_out_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                help_text="The one that stays, where somebody said that the two are one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="called_the_same",
                to="actionplans.recommendation",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as", None),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("same_as", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="recommendation_of_two_that_are_one_is_withdrawn",
            ),
        ),
    ]
