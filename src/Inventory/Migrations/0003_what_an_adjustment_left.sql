-- What was on hand after a member of staff adjusted it; null for orders, and for adjustments from before this was kept.
ALTER TABLE movements ADD COLUMN on_hand_after BIGINT;
