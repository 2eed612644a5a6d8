from django.db import migrations

KEPT = """
create function reports_renderings_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.at is null and new.at is not null
        and (old.id, old.document_id, old.number, old.key, old.variant, old.format, old.has_plan,
             old.job_key, old.by_id, old.asked_at)
        is not distinct from
            (new.id, new.document_id, new.number, new.key, new.variant, new.format, new.has_plan,
             new.job_key, new.by_id, new.asked_at)
    then
        return new;
    end if;
    raise exception 'A version of a document is never changed or deleted.';
end $$;
create trigger reports_rendering_kept before update or delete on reports_rendering
    for each row execute function reports_renderings_kept();
"""
CHANGEABLE = """
drop trigger reports_rendering_kept on reports_rendering;
drop function reports_renderings_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_renderings")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
