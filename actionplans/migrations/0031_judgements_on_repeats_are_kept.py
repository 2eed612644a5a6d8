from django.db import migrations

KEPT = (
    "create trigger actionplans_repeatjudgement_kept before update or delete\n"
    "    on actionplans_repeatjudgement for each row execute function actionplans_report_kept();"
)
CHANGEABLE = "drop trigger actionplans_repeatjudgement_kept on actionplans_repeatjudgement;"


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0030_saved_filters_and_repeats")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
