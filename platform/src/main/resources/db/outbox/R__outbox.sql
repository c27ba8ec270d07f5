-- Events that were committed and are still to be published. Read with "db/outbox" among Flyway's locations; changes must keep
-- a table that is there already. The columns are those that Debezium's outbox event router expects, plus what it ignores.
create table if not exists outbox (
    sequence      bigint generated always as identity primary key,
    id            uuid        not null,
    aggregatetype text        not null, -- the topic
    aggregateid   text        not null, -- the key: events of one key keep their order
    type          text        not null,
    subject       text,
    timestamp     timestamptz not null,
    payload       json                  -- null: the key may be forgotten
);
-- It is nearly always empty, and every row of it is deleted soon.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Which replica publishes, and until when it may believe so without asking again.
create table if not exists outbox_lease (
    name        text primary key,
    holder      uuid,
    valid_until timestamptz not null
);
insert into outbox_lease (name, valid_until) values ('relay', '-infinity') on conflict do nothing;

-- The topics that know all that is to be known; one with another id is new and empty, and one that ends before the last offset
-- that was written to it has lost what came after its end.
create table if not exists outbox_topic (
    name     text primary key,
    topic_id text not null
);
alter table outbox_topic add column if not exists last_offset bigint not null default -1;
