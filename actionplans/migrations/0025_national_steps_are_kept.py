from django.db import migrations

KEPT = (
    "create trigger actionplans_nationalstep_kept before update or delete"
    " on actionplans_nationalstep\n"
    "    for each row execute function actionplans_report_kept();"
)
CHANGEABLE = "drop trigger actionplans_nationalstep_kept on actionplans_nationalstep;"


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0024_national_steps")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
