-- What a bank would know: intents, charges, refunds, the methods used, and the events about them. Amounts in minor units.
CREATE TABLE payment_intents (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL,
    amount_received BIGINT NOT NULL,
    currency TEXT NOT NULL,
    client_secret TEXT NOT NULL,
    description TEXT,
    metadata TEXT NOT NULL,
    payment_method TEXT,
    payment_method_types TEXT NOT NULL,
    allow_redirects TEXT,                   -- set when Stripe chooses the methods (automatic_payment_methods)
    latest_charge TEXT,
    last_payment_error TEXT,
    next_action TEXT,
    action_secret TEXT,                     -- opens the page that asks the cardholder
    return_url TEXT,
    receipt_email TEXT,
    statement_descriptor TEXT,
    statement_descriptor_suffix TEXT,
    setup_future_usage TEXT,
    transfer_group TEXT,
    canceled_at BIGINT,
    cancellation_reason TEXT
);
CREATE INDEX payment_intents_by_time ON payment_intents (created_at, id);

CREATE TABLE charges (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    payment_intent TEXT NOT NULL,
    payment_method TEXT NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL,
    amount_refunded BIGINT NOT NULL,        -- pending refunds count
    currency TEXT NOT NULL,
    description TEXT,
    metadata TEXT NOT NULL,
    receipt_email TEXT,
    statement_descriptor TEXT,
    statement_descriptor_suffix TEXT,
    transfer_group TEXT,
    payment_method_details TEXT NOT NULL,
    outcome TEXT NOT NULL,
    failure_code TEXT,
    failure_message TEXT,
    settles_at BIGINT                       -- when a pending one is decided; null: never, or already
);
CREATE INDEX charges_by_time ON charges (created_at, id);
CREATE INDEX charges_by_intent ON charges (payment_intent);
CREATE INDEX charges_to_settle ON charges (settles_at) WHERE settles_at IS NOT NULL;
-- Whatever goes wrong above: an intent is charged once.
CREATE UNIQUE INDEX charges_once ON charges (payment_intent) WHERE status <> 'failed';

CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    charge TEXT NOT NULL,
    payment_intent TEXT NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT,
    metadata TEXT NOT NULL,
    failure_reason TEXT,
    settles_at BIGINT,
    settles_as TEXT
);
CREATE INDEX refunds_by_time ON refunds (created_at, id);
CREATE INDEX refunds_by_charge ON refunds (charge);
CREATE INDEX refunds_by_intent ON refunds (payment_intent);
CREATE INDEX refunds_to_settle ON refunds (settles_at) WHERE settles_at IS NOT NULL;

-- Stripe makes a new PaymentMethod of a test id each time it is used.
CREATE TABLE payment_methods (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    test_id TEXT NOT NULL,
    used BOOLEAN NOT NULL
);

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,               -- among the events of one change
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    request_id TEXT,
    idempotency_key TEXT,
    deliver_at BIGINT,                      -- when the webhook is sent next; null: delivered, given up, or no endpoint
    deliveries INTEGER NOT NULL
);
CREATE INDEX events_by_time ON events (created_at, ordinal, id);
CREATE INDEX events_to_deliver ON events (deliver_at) WHERE deliver_at IS NOT NULL;

CREATE TABLE idempotency_keys (
    key TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    request_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);
