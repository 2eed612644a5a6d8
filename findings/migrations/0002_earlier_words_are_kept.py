from django.db import migrations

KEPT = """
create function findings_earlier_words_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What was said before a change is never changed or deleted.';
end $$;
create trigger findings_findingversion_kept before update or delete on findings_findingversion
    for each row execute function findings_earlier_words_kept();
create trigger findings_lessonversion_kept before update or delete on findings_lessonversion
    for each row execute function findings_earlier_words_kept();
"""
CHANGEABLE = """
drop trigger findings_lessonversion_kept on findings_lessonversion;
drop trigger findings_findingversion_kept on findings_findingversion;
drop function findings_earlier_words_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_findings_and_lessons")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
