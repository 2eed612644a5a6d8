from django.db import migrations

# Agencies that merge are one: whose update it was follows them. Nothing else of it ever changes.
KEPT = """
create function actionplans_report_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE'
        and to_jsonb(new) - 'participation_id' = to_jsonb(old) - 'participation_id' then
        return new;
    end if;
    raise exception 'What was reported is never changed or deleted.';
end $$;
"""
TABLES = ("actionplans_progressnote", "actionplans_evidencefile", "actionplans_datemove")
TRIGGERS = "".join(
    f"create trigger {table}_kept before update or delete on {table}\n"
    "    for each row execute function actionplans_report_kept();\n"
    for table in TABLES
)
CHANGEABLE = "".join(f"drop trigger {table}_kept on {table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0009_reports_and_moved_dates")]
    operations = [
        migrations.RunSQL(
            "update actionplans_planrow set done_at = told_at"
            " where status = 'done' and done_at is null;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(KEPT + TRIGGERS, CHANGEABLE + "drop function actionplans_report_kept();"),
    ]
