-- In which language a webhook was registered, for what we write to whoever did.
ALTER TABLE webhooks ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
