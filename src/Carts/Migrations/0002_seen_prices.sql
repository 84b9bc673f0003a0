-- What a SKU cost when its line was last put or changed, so that a price that moved since can be pointed out. NULL in
-- lines from before: of those nothing is known.
ALTER TABLE cart_lines ADD COLUMN seen_amount BIGINT;
ALTER TABLE cart_lines ADD COLUMN seen_currency TEXT;
