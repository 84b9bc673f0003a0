CREATE INDEX event_log_subject ON event_log (subject);

-- One row: this log's identity (E4).
CREATE TABLE event_log_epoch (one INTEGER PRIMARY KEY CHECK (one = 1), epoch UUID NOT NULL);

-- Where this service stands in others' logs (E2).
CREATE TABLE subscriptions (
    source TEXT NOT NULL,
    purpose TEXT NOT NULL,
    epoch UUID,
    position BIGINT NOT NULL,
    last_event_id UUID,
    reached_head BOOLEAN NOT NULL,
    PRIMARY KEY (source, purpose)
);

-- Events that their handler refused again and again, and those of the same subject behind them (E6).
CREATE TABLE dead_letters (
    source TEXT NOT NULL,
    purpose TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL,
    parked_at BIGINT NOT NULL,
    PRIMARY KEY (source, purpose, position)
);
CREATE INDEX dead_letters_subject ON dead_letters (source, purpose, subject);

-- What a request with an Idempotency-Key made (I1); status and answer are set once there is a final one.
CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    owner UUID NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    thing_id UUID NOT NULL,
    status INTEGER,
    answer TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, owner, key)
);
CREATE INDEX idempotency_thing ON idempotency (scope, thing_id);
CREATE INDEX idempotency_age ON idempotency (created_at);
