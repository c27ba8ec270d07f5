-- Everything auth-service owns. Secrets are stored as SHA-256 (tokens, codes, flow ids), Argon2id (passwords) or JWE (keys).

create table app_user (
    id               text primary key,
    name             text        not null,
    is_owner         boolean     not null,
    is_active        boolean     not null,
    local_only       boolean     not null,
    system_generated boolean     not null,
    group_ids        text[]      not null,
    created_at       timestamptz not null
);
create unique index app_user_single_owner on app_user (is_owner) where is_owner;

create table credential (
    id                 text primary key,
    user_id            text        not null references app_user on delete cascade,
    auth_provider_type text        not null,
    username           text        not null unique,
    password_hash      text        not null,
    created_at         timestamptz not null
);
create index credential_user on credential (user_id);

create table refresh_token (
    id                    text primary key,
    user_id               text        not null references app_user on delete cascade,
    credential_id         text references credential on delete set null,
    token_type            text        not null,
    token_hash            bytea unique,
    client_id             text,
    client_name           text,
    client_icon           text,
    access_token_lifetime bigint      not null, -- seconds
    created_at            timestamptz not null,
    last_used_at          timestamptz,
    last_used_ip          text,
    expire_at             timestamptz
);
create index refresh_token_user on refresh_token (user_id);
create index refresh_token_credential on refresh_token (credential_id);
create index refresh_token_expiry on refresh_token (expire_at) where expire_at is not null;
create unique index refresh_token_long_lived_name on refresh_token (user_id, client_name)
    where token_type = 'long_lived_access_token';

-- A grant that was taken back, kept for as long as an access token of it could still be presented.
create table revoked_grant (
    id         text primary key,
    user_id    text        not null,
    revoked_at timestamptz not null,
    expires_at timestamptz not null,
    event_key  text -- of the event that says so, which may say it of many; null: it has an event of its own under its id
);
create index revoked_grant_expiry on revoked_grant (expires_at);
create index revoked_grant_event on revoked_grant (event_key) where event_key is not null;
create index revoked_grant_moment on revoked_grant (revoked_at);

create table authorization_code (
    code_hash        bytea primary key,
    kind             text        not null,
    client_id        text        not null,
    redirect_uri     text,
    code_challenge   text,
    user_id          text        not null references app_user on delete cascade,
    credential_id    text        not null references credential on delete cascade,
    created_at       timestamptz not null,
    expires_at       timestamptz not null,
    redeemed_at      timestamptz,
    refresh_token_id text
);
create index authorization_code_expiry on authorization_code (expires_at);
create index authorization_code_user on authorization_code (user_id);
create index authorization_code_credential on authorization_code (credential_id);

create table login_flow (
    id_hash        bytea primary key,
    step           text        not null,
    kind           text        not null,
    client_id      text        not null,
    redirect_uri   text        not null,
    state          text,
    code_challenge text,
    browser_hash   bytea,
    remember       boolean     not null,
    user_id        text references app_user on delete cascade,
    credential_id  text references credential on delete cascade,
    client_network text        not null, -- who started it: an IPv4 address, an IPv6 /64
    created_at     timestamptz not null,
    expires_at     timestamptz not null
);
create index login_flow_client_network on login_flow (client_network, expires_at);
create index login_flow_expiry on login_flow (expires_at);
create index login_flow_user on login_flow (user_id);
create index login_flow_credential on login_flow (credential_id);

-- What a fresh installation still needed and has got. The first user is a row of app_user, not one of these.
create table onboarding_step (
    step    text primary key,
    done_at timestamptz not null
);

create table signing_key (
    kid            text primary key,
    private_jwe    text        not null,
    created_at     timestamptz not null,
    signs_from     timestamptz not null,
    longest_expiry timestamptz -- when the last long-lived token that it signed expires
);
