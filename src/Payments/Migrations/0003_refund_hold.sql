-- Whether Orders must still agree that the order does not ship any more, before all of its payment goes back (P13).
ALTER TABLE refunds ADD COLUMN asks_orders BOOLEAN NOT NULL DEFAULT FALSE;
