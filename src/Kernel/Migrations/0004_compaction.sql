-- Up to where a log of state has been compacted; what came later may replace earlier events of its subject. A subject's events
-- that still have their data are found at once, however many it has had.
ALTER TABLE event_log_epoch ADD COLUMN compacted BIGINT NOT NULL DEFAULT 0;
DROP INDEX event_log_subject;
CREATE INDEX event_log_kept ON event_log (subject, position) WHERE data IS NOT NULL;
