-- An audit sums what each SKU's open reservations hold.
CREATE INDEX reservation_lines_sku ON reservation_lines (sku, order_id);
