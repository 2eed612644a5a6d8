from django.db import migrations

KEPT = """
create function reports_words_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What a paragraph said is never changed or deleted.';
end $$;
create trigger reports_paragraphversion_kept before update or delete on reports_paragraphversion
    for each row execute function reports_words_kept();
"""
CHANGEABLE = """
drop trigger reports_paragraphversion_kept on reports_paragraphversion;
drop function reports_words_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_documents_sections_paragraphs")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
