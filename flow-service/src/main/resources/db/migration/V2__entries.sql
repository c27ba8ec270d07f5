-- What is connected. Data and options are encrypted together; the columns are what a list shows and what work is found by.

-- Running processes of this service. Whoever does not say in time that it lives has lost what it was doing.
create table replica (
    id          text primary key,
    alive_until timestamptz not null
);

create table config_entry (
    id                        text primary key,                              -- ULID
    position                  bigint      not null generated always as identity unique,
    domain                    text        not null,
    unique_id                 text,
    title                     text        not null,
    source                    text        not null,
    version                   integer     not null,
    minor_version             integer     not null,
    sealed                    text        not null,                          -- JWE of data and options
    key_id                    text        not null,                          -- the key that encrypted it
    disabled_by               text,
    pref_disable_new_entities boolean     not null,
    pref_disable_polling      boolean     not null,
    created_at                timestamptz not null,
    modified_at               timestamptz not null,
    state                     text        not null,
    reason                    text,
    tries                     integer     not null,                          -- that failed, one after the other
    due_at                    timestamptz,                                   -- of the next try or probe; null: none
    refused_since             timestamptz,                                   -- its credentials are not accepted
    suspect                   boolean     not null,                          -- somebody says so, a probe has to tell
    reload_wanted             integer     not null,                          -- number of the last wish; 0: fulfilled
    reload_flow_id            text,
    owner                     text,                                          -- the replica whose work the state is
    hold                      text,                                          -- the piece of work under way: replica/id
    -- F5
    constraint config_entry_account unique (domain, unique_id)
) with (fillfactor = 70);
create index config_entry_due on config_entry (due_at) where due_at is not null;
create index config_entry_domain on config_entry (domain, position);
create index config_entry_key on config_entry (key_id);
create index config_entry_refused on config_entry (refused_since) where refused_since is not null;

-- Who did what to which entry. Kept when the entry goes.
create table entry_history (
    position  bigint primary key generated always as identity,
    entry_id  text        not null,
    at        timestamptz not null,
    action    text        not null,
    user_id   text,        -- null: the service itself
    client_id text,
    address   text,
    flow_id   text,
    fields    text[]      not null
);
create index entry_history_entry on entry_history (entry_id, position desc);
create index entry_history_age on entry_history (at);
