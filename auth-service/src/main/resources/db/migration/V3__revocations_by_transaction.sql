-- Which transaction revoked a grant: a replica finds by it what was committed since it looked last, however long that took.
alter table revoked_grant
    add column transaction_id bigint not null default (pg_current_xact_id()::text::bigint);
create index revoked_grant_transaction on revoked_grant (transaction_id);
drop index revoked_grant_moment;
