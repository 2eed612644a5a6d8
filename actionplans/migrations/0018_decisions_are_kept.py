from django.db import migrations

KEPT = (
    "create trigger actionplans_decision_kept before update or delete on actionplans_decision\n"
    "    for each row execute function actionplans_report_kept();"
)
CHANGEABLE = "drop trigger actionplans_decision_kept on actionplans_decision;"


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0017_decisions_of_those_who_answer")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
