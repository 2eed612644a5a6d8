import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplans", "0011_plans_of_many_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="earlierreport",
            name="an_earlier_report_saved_has_a_time",
        ),
        migrations.AddField(
            model_name="earlierreport",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="earlierreport",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="earlierreport",
            name="state",
            field=models.CharField(
                choices=[
                    ("previewed", "Ready to check"),
                    ("saved", "Brought in"),
                    ("undone", "Taken out again"),
                    ("discarded", "Discarded"),
                ],
                default="previewed",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("saved_at__isnull", False), ("state__in", ("saved", "undone"))),
                    models.Q(
                        models.Q(("state__in", ("saved", "undone")), _negated=True),
                        ("saved_at", None),
                    ),
                    _connector="OR",
                ),
                name="an_earlier_report_saved_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "undone"), ("undone_at__isnull", False)),
                    models.Q(models.Q(("state", "undone"), _negated=True), ("undone_at", None)),
                    _connector="OR",
                ),
                name="an_earlier_report_undone_has_a_time",
            ),
        ),
    ]
