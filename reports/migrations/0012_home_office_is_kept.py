from django.db import migrations

TABLES = (
    "formanswer",
    "pack",
    "packpart",
    "packsent",
    "officeletter",
    "letterpoint",
    "pointanswer",
    "officewithdrawal",
)
_TRIGGER = """
create trigger reports_{0}_kept before update or delete on reports_{0}
    for each row execute function reports_home_office_kept();
"""
KEPT = """
create function reports_home_office_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What was sent, asked or answered is never changed or deleted.';
end $$;
""" + "".join(_TRIGGER.format(table) for table in TABLES)
CHANGEABLE = (
    "".join(f"drop trigger reports_{table}_kept on reports_{table};\n" for table in TABLES)
    + "drop function reports_home_office_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_home_office")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
