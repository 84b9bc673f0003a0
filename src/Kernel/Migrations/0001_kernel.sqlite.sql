-- The log of this service's events (E1). A compacted row keeps its place and id, and loses its data (E4, E7).
CREATE TABLE event_log (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id UUID NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    time BIGINT NOT NULL,
    data TEXT,
    trace TEXT
);
