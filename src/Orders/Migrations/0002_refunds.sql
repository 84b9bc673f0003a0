-- What an order is being given back with, and where its goods were when all of its money had gone back (P13).
ALTER TABLE orders ADD COLUMN refund_id UUID;
ALTER TABLE orders ADD COLUMN refunded_from TEXT;
