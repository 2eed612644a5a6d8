from django.db import migrations

TABLES = ("actionplans_requestmessage", "actionplans_escalation")
TRIGGERS = "".join(
    f"create trigger {table}_kept before update or delete on {table}\n"
    "    for each row execute function actionplans_report_kept();\n"
    for table in TABLES
)
CHANGEABLE = "".join(f"drop trigger {table}_kept on {table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0028_asking_for_updates")]
    operations = [migrations.RunSQL(TRIGGERS, CHANGEABLE)]
