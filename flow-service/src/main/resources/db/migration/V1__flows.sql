-- Flows that are open, or ended without their client. What they hold is encrypted; the columns are what they are found by.

create table flow (
    id            text primary key,
    domain        text        not null,
    handler       text        not null, -- the domain, or the entry whose options it changes
    source        text        not null,
    entry_id      text,
    unique_id     text,
    holds_id      boolean     not null, -- whether no other flow may have the unique id
    context       text        not null, -- what lists of flows show, as JSON
    step_id       text,                 -- null while the first step has not returned
    sealed_state  text        not null, -- JWE
    key_id        text        not null,
    revision      bigint      not null,
    busy_by       text,                 -- the run of a step that is under way
    busy_until    timestamptz,
    callback_hash bytea unique,         -- of the state parameter that an external page passes back
    task_by       text,                 -- who runs the task of a progress step
    task_until    timestamptz,
    ended         boolean     not null, -- nothing but a result for the client to fetch
    started_at    timestamptz not null,
    expires_at    timestamptz not null
);
-- One open flow for an account (decision F5), but for those that heal its entry.
create unique index flow_unique_id on flow (domain, unique_id) where holds_id;
create unique index flow_reauth on flow (entry_id) where source = 'reauth' and not ended;
create unique index flow_reconfigure on flow (entry_id) where source = 'reconfigure' and not ended;
create index flow_id_of_domain on flow (domain, unique_id) where unique_id is not null;
create index flow_entry on flow (entry_id) where entry_id is not null;
create index flow_expiry on flow (expires_at);
create index flow_idle on flow (expires_at) where source <> 'reauth' and not ended;
create index flow_task on flow (task_until) where task_until is not null;
create index flow_key on flow (key_id);
