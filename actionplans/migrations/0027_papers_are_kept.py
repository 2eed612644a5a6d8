from django.db import migrations

KEPT = """
create function actionplans_paper_kept() returns trigger language plpgsql as $$
begin
    raise exception 'A final paper is never changed or deleted.';
end $$;
create trigger actionplans_planpaper_kept before update or delete on actionplans_planpaper
    for each row execute function actionplans_paper_kept();
"""
CHANGEABLE = """
drop trigger actionplans_planpaper_kept on actionplans_planpaper;
drop function actionplans_paper_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0026_papers_that_committees_get")]
    operations = [migrations.RunSQL(KEPT, CHANGEABLE)]
