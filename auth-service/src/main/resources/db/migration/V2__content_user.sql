-- Owns what services sign without a person (decision S8). Its ids are the same everywhere, so that nobody has to ask for them.
insert into app_user (id, name, is_owner, is_active, local_only, system_generated, group_ids, created_at)
values ('00000000000000000000000000000001', 'Latchkey Content', false, true, false, true, '{system-read-only}', now());

insert into refresh_token (id, user_id, token_type, access_token_lifetime, created_at)
values ('00000000000000000000000000000002', '00000000000000000000000000000001', 'system', 1800, now());
