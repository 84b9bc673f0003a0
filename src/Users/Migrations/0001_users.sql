-- Accounts. An erased one is deleted whole: its id lives on in others' figures only.
CREATE TABLE users (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,            -- as its owner writes it
    email_key TEXT NOT NULL UNIQUE, -- its normal form: one account an address, whatever the case
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,            -- separated by a space
    created_at BIGINT NOT NULL
);

-- Guests that became users (I4). A guest is linked once and for ever: these rows outlive the account, so that an old
-- guest's token can give nobody else the orders.
CREATE TABLE user_guests (
    guest_id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    linked_at BIGINT NOT NULL
);
CREATE INDEX user_guests_user ON user_guests (user_id, linked_at);

-- A session is a family of refresh tokens; ended or revoked, it is deleted.
CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL,         -- a user's or a guest's id
    is_guest BOOLEAN NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_owner ON sessions (owner_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Refresh tokens, by the SHA-256 of each. A replaced one is kept while its family lives: its reuse tells of theft.
CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY,
    session_id UUID NOT NULL,
    replaced_at BIGINT,
    successor_salt TEXT             -- with the token itself gives its successor (C3)
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Failed logins, by the SHA-256 of the address's normal form, whether or not anybody has it.
CREATE TABLE login_attempts (
    address TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX login_attempts_age ON login_attempts (last_at);

-- Keys that sign access tokens (C3); one that no longer signs has lost its private half.
CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY,
    x TEXT NOT NULL,                -- the public point, base64url, as in a JSON Web Key
    y TEXT NOT NULL,
    private_key TEXT,               -- PKCS#8, base64
    signs_from BIGINT NOT NULL,
    signs_until BIGINT              -- when its successor takes over, once there is one
);
