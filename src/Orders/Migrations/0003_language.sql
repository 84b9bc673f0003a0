-- The language that the buyer ordered in, for what we write about the order.
ALTER TABLE orders ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
