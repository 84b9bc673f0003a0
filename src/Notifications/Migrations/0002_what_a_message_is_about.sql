-- Messages are about orders, refunds and links that were asked for. What the event told beyond the id goes with the message.
ALTER TABLE messages RENAME COLUMN order_id TO subject_id;
ALTER TABLE messages ADD COLUMN facts TEXT;
