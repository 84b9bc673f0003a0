-- One row per message to be written: one per order and kind (E5). No address is kept here: its owner is asked at sending (E8).
CREATE TABLE messages (
    order_id UUID NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (order_id, kind)
);
CREATE INDEX messages_due ON messages (next_attempt_at) WHERE status = 'waiting';
