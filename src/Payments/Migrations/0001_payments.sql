-- One row per order, made by its first payment or closure. Whoever decides anything about the order's money locks it first (P7).
CREATE TABLE payable_orders (
    order_id UUID PRIMARY KEY,
    buyer_id UUID,                  -- null while nothing but a closure is known of the order
    closed_at BIGINT,               -- the tombstone (P8); never undone
    intent_generation INTEGER NOT NULL,
    intent_id TEXT                  -- the order's one open intent at the provider (P9)
);
CREATE INDEX payable_orders_buyer ON payable_orders (buyer_id);

CREATE TABLE attempts (
    id UUID PRIMARY KEY,            -- also the provider's idempotency key of the confirmation
    order_id UUID NOT NULL REFERENCES payable_orders (order_id),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    intent_id TEXT NOT NULL,
    form TEXT NOT NULL,             -- what was sent, to be sent again to the letter (P10)
    api_version TEXT NOT NULL,
    status TEXT NOT NULL,
    next_action_url TEXT,
    decline_code TEXT,
    method_type TEXT,
    method_brand TEXT,
    method_last4 TEXT,
    after_closure BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    looked_at BIGINT NOT NULL,      -- when the provider was last asked
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX attempts_one_per_order ON attempts (order_id) WHERE status IN ('submitted', 'processing', 'requires_action', 'succeeded');
CREATE INDEX attempts_order ON attempts (order_id, created_at);
CREATE INDEX attempts_intent ON attempts (intent_id);
CREATE INDEX attempts_due ON attempts (next_attempt_at) WHERE status IN ('submitted', 'processing', 'requires_action');

CREATE TABLE refunds (
    id UUID PRIMARY KEY,            -- also the provider's idempotency key, and in the refund's metadata there (P13)
    attempt_id UUID NOT NULL REFERENCES attempts (id),
    order_id UUID NOT NULL REFERENCES payable_orders (order_id),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    requested_by UUID,              -- the member of staff; null: the store itself (P11)
    intent_id TEXT NOT NULL,
    form TEXT NOT NULL,
    api_version TEXT NOT NULL,
    status TEXT NOT NULL,
    provider_refund_id TEXT,
    failure_code TEXT,
    version BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX refunds_attempt ON refunds (attempt_id);
CREATE INDEX refunds_provider ON refunds (provider_refund_id);
CREATE INDEX refunds_due ON refunds (next_attempt_at) WHERE status IN ('submitted', 'pending');

-- What the provider told us about, by its event's id; the object itself is read again (P12).
CREATE TABLE hints (
    event_id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    object_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    handled_at BIGINT
);
CREATE INDEX hints_due ON hints (next_attempt_at) WHERE handled_at IS NULL;

-- The ledger (P14); its accounts are named in Ledger.cs. Rows are only ever added: see 0002.
CREATE TABLE journal_entries (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    thing_id UUID NOT NULL,         -- the attempt or refund; one entry of a kind for each (E5)
    order_id UUID NOT NULL,
    booked_at BIGINT NOT NULL,
    UNIQUE (kind, thing_id)
);
CREATE INDEX journal_entries_order ON journal_entries (order_id);
CREATE TABLE postings (
    entry_id UUID NOT NULL REFERENCES journal_entries (id),
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    debit_minor BIGINT NOT NULL,
    credit_minor BIGINT NOT NULL,
    PRIMARY KEY (entry_id, account),
    CHECK (debit_minor >= 0 AND credit_minor >= 0 AND (debit_minor = 0) <> (credit_minor = 0))
);
