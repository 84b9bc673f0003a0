-- Hosted Checkout: a page on which somebody pays once, until it expires. Its intent is made when somebody first tries to pay there.
CREATE TABLE checkout_sessions (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    lines TEXT NOT NULL,
    url TEXT NOT NULL,
    success_url TEXT NOT NULL,
    cancel_url TEXT,
    client_reference_id TEXT,
    customer_email TEXT,
    metadata TEXT NOT NULL,
    intent_metadata TEXT NOT NULL,
    intent_description TEXT,
    payment_intent TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX checkout_sessions_by_time ON checkout_sessions (created_at, id);
CREATE UNIQUE INDEX checkout_sessions_by_intent ON checkout_sessions (payment_intent) WHERE payment_intent IS NOT NULL;
CREATE INDEX checkout_sessions_to_expire ON checkout_sessions (expires_at) WHERE status = 'open';
