"""Only `audit_record` writes, and nobody rewrites: by grants, and for the owner by triggers."""

from django.db import migrations

FORWARDS = """
create function audit_content(
    stream text, seq bigint, at timestamptz, type text, actor text, target text, data jsonb
) returns bytea language sql immutable parallel safe as $$
    select convert_to(jsonb_build_array(
        stream, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        type, actor, target, data
    )::text, 'UTF8')
$$;

create function audit_record(
    p_stream text, p_type text, p_actor text, p_target text, p_data jsonb
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    head audit_head%rowtype;
    link audit_event%rowtype;
begin
    insert into audit_head (stream, seq, hash) values (p_stream, 0, ''::bytea)
        on conflict do nothing;
    select * into head from audit_head where stream = p_stream for update;
    link.seq := head.seq + 1;
    link.at := clock_timestamp();
    link.hash := sha256(head.hash || audit_content(
        p_stream, link.seq, link.at, p_type, p_actor, p_target, p_data));
    insert into audit_event (stream, seq, at, type, actor, target, data, prev, hash)
        values (p_stream, link.seq, link.at, p_type, p_actor, p_target, p_data, head.hash, link.hash);
    update audit_head set seq = link.seq, hash = link.hash where stream = p_stream;
    return link.seq;
end $$;

create function audit_refuse() returns trigger language plpgsql as $$
begin raise exception 'The trail is append-only.'; end $$;

create trigger audit_event_only_appended before update or delete on audit_event
    for each row execute function audit_refuse();
create trigger audit_event_not_emptied before truncate on audit_event
    for each statement execute function audit_refuse();
create trigger audit_head_not_removed before delete on audit_head
    for each row execute function audit_refuse();
create trigger audit_head_not_emptied before truncate on audit_head
    for each statement execute function audit_refuse();

revoke execute on function audit_record(text, text, text, text, jsonb) from public;

do $$
declare role text;
begin
    for role in
        select distinct grantee from information_schema.role_table_grants
        where table_name in ('audit_event', 'audit_head')
          and table_schema = 'public' and grantee not in (current_user, 'postgres', 'PUBLIC')
    loop
        execute format('revoke all on audit_event, audit_head from %I', role);
        execute format('grant select on audit_event, audit_head to %I', role);
        execute format(
            'grant execute on function audit_record(text, text, text, text, jsonb) to %I', role);
    end loop;
end $$;
"""
BACKWARDS = """
drop trigger audit_event_only_appended on audit_event;
drop trigger audit_event_not_emptied on audit_event;
drop trigger audit_head_not_removed on audit_head;
drop trigger audit_head_not_emptied on audit_head;
drop function audit_refuse();
drop function audit_record(text, text, text, text, jsonb);
drop function audit_content(text, bigint, timestamptz, text, text, text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_trail")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
