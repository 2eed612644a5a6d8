from django.db import migrations

KEPT = """
create function chronologies_judgements_kept() returns trigger language plpgsql as $$
begin
    raise exception 'A judgement is never changed or deleted.';
end $$;
create trigger chronologies_judgement_kept before update or delete on chronologies_judgement
    for each row execute function chronologies_judgements_kept();
"""
CHANGEABLE = """
drop trigger chronologies_judgement_kept on chronologies_judgement;
drop function chronologies_judgements_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("chronologies", "0004_marks_and_mismatches")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
