from django.db import migrations

KEPT = (
    "create trigger actionplans_actionversion_kept"
    " before update or delete on actionplans_actionversion\n"
    "    for each row execute function actionplans_report_kept();"
)
CHANGEABLE = "drop trigger actionplans_actionversion_kept on actionplans_actionversion;"


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0022_words_of_actions_are_kept")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
