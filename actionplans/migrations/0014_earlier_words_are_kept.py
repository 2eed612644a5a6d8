from django.db import migrations

KEPT = """
create function actionplans_earlier_words_kept() returns trigger language plpgsql as $$
begin
    raise exception 'What was said before a change is never changed or deleted.';
end $$;
create trigger actionplans_recommendationversion_kept
    before update or delete on actionplans_recommendationversion
    for each row execute function actionplans_earlier_words_kept();
"""
CHANGEABLE = """
drop trigger actionplans_recommendationversion_kept on actionplans_recommendationversion;
drop function actionplans_earlier_words_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0013_two_recommendations_are_one")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
