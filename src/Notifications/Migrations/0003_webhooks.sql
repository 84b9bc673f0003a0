-- Where merchants want to be told, one row an address. The secrets are encrypted under a key that is not in this database.
CREATE TABLE webhooks (
    id UUID PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,                   -- their types, separated by spaces
    status TEXT NOT NULL,                   -- on, off; deleted until its deliveries are gone as well
    off_reason TEXT,                        -- staff, failing or gone
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_secret_until BIGINT,
    tells_since BIGINT NOT NULL,            -- what happened before is not told
    failing_since BIGINT,                   -- no delivery has arrived since
    created_at BIGINT NOT NULL,
    created_by UUID NOT NULL,
    version BIGINT NOT NULL
);

-- What is to arrive where: one row per event and address, whatever is read twice (E5). The event's id is what receivers know it by.
CREATE TABLE webhook_deliveries (
    webhook_id UUID NOT NULL,
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,                     -- byte for byte as it is signed
    occurred_at BIGINT NOT NULL,
    status TEXT NOT NULL,                   -- waiting, delivered, failed
    attempts INTEGER NOT NULL,              -- since it began to wait
    next_attempt_at BIGINT NOT NULL,
    leased_until BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_attempt_at) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (occurred_at);

-- The log: every try and what came of it.
CREATE TABLE webhook_attempts (
    webhook_id UUID NOT NULL,
    event_id UUID NOT NULL,
    version BIGINT NOT NULL,                -- the delivery's, when it was tried
    at BIGINT NOT NULL,
    milliseconds BIGINT NOT NULL,
    status_code INTEGER,
    fault TEXT,
    PRIMARY KEY (webhook_id, event_id, version)
);

-- Who did what to a webhook; without an actor it was switched off by itself.
CREATE TABLE webhook_history (
    webhook_id UUID NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (webhook_id, version)
);
