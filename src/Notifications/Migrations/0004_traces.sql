-- In which trace what is told happened: sending it goes on in that trace.
ALTER TABLE messages ADD COLUMN trace TEXT;
ALTER TABLE webhook_deliveries ADD COLUMN trace TEXT;
