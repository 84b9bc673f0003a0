-- Dead letters that took effect after all: which, what had kept it, and who had it tried again.
CREATE TABLE redriven_letters (
    source TEXT NOT NULL,
    purpose TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject TEXT NOT NULL,
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    reason TEXT NOT NULL,
    parked_at BIGINT NOT NULL,
    redriven_at BIGINT NOT NULL,
    actor_id UUID,                  -- NULL: the operator, by ./stoa ask
    PRIMARY KEY (redriven_at, source, purpose, position)
);
