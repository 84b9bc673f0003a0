-- What reconciliation found and could not put right by itself (P15). A row is cleared, not deleted, when it is found no more.
CREATE TABLE differences (
    kind TEXT NOT NULL,             -- see ReconciliationRules.cs
    subject TEXT NOT NULL,          -- the intent's or refund's id at the provider, or our own where it has none there
    order_id UUID,
    ours_minor BIGINT,
    theirs_minor BIGINT,
    currency TEXT,
    happened_at BIGINT NOT NULL,    -- when the thing itself was made
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    cleared_at BIGINT,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX differences_open ON differences (first_seen_at) WHERE cleared_at IS NULL;
CREATE INDEX attempts_created ON attempts (created_at);
CREATE INDEX refunds_created ON refunds (created_at);
CREATE INDEX journal_entries_booked ON journal_entries (booked_at);
CREATE INDEX refunds_order ON refunds (order_id, id);
