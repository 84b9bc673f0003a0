-- An audit asks for an order's charges, and metadata names the order.
ALTER TABLE payment_intents ADD COLUMN order_id TEXT GENERATED ALWAYS AS (json_extract(metadata, '$.order_id')) VIRTUAL;
CREATE INDEX payment_intents_by_order ON payment_intents (order_id);
