-- An audit asks for an order's charges, and metadata names the order. Texts are ordered by their bytes, as in SQLite.
ALTER TABLE payment_intents ADD COLUMN order_id TEXT COLLATE "C" GENERATED ALWAYS AS (CAST(metadata AS json) ->> 'order_id') STORED;
CREATE INDEX payment_intents_by_order ON payment_intents (order_id);
