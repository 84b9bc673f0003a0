-- What staff did to a delivery or a message: who, when, what, and how it stood before and after. What they do to a webhook
-- itself is in its history.
CREATE TABLE staff_actions (
    id UUID PRIMARY KEY,
    thing_id UUID NOT NULL,         -- the webhook's, or what the message is about
    at BIGINT NOT NULL,
    actor_id UUID NOT NULL,
    action TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX staff_actions_thing ON staff_actions (thing_id, id);

-- A message that staff have sent again waits anew, under another name, so that its receiver does not take it for the first.
ALTER TABLE messages ADD COLUMN again_at BIGINT;
ALTER TABLE messages ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
-- Why the last try failed, in words of ours: a mail server's may hold an address.
ALTER TABLE messages ADD COLUMN last_fault TEXT;
CREATE INDEX messages_by_time ON messages (created_at, subject_id, kind);
