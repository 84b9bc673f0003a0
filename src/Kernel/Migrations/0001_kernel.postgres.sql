-- The log of this service's events (E1). A compacted row keeps its place and id, and loses its data (E4, E7).
-- Rows are inserted without a position; the sequencer numbers committed ones in insert order.
CREATE TABLE event_log (
    inserted BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position BIGINT UNIQUE,
    id UUID NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    time BIGINT NOT NULL,
    data TEXT,
    trace TEXT
);
CREATE INDEX event_log_unnumbered ON event_log (inserted) WHERE position IS NULL;
