from django.db import migrations

# Whoever is asked later what was handed over must be able to answer: not even the application may
# make a schedule say otherwise. Which agencies a line concerns is no part of it: that follows two
# agencies that became one, so that a conflict of interest with the one that is kept still counts.
TABLES = (
    "reviews_disclosureschedule",
    "reviews_scheduleline",
    "reviews_handingover",
    "reviews_handedline",
)
SEALED = """
create function reviews_schedule_sealed() returns trigger language plpgsql as $$
begin
    raise exception 'A disclosure schedule is kept as it is.';
end $$;
""" + "".join(
    f"create trigger {table}_sealed before update or delete on {table}\n"
    "    for each row execute function reviews_schedule_sealed();\n"
    for table in TABLES
)
OPENED = (
    "".join(f"drop trigger {table}_sealed on {table};\n" for table in TABLES)
    + "drop function reviews_schedule_sealed;\n"
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0021_requests")]

    operations = [migrations.RunSQL(SEALED, OPENED)]
