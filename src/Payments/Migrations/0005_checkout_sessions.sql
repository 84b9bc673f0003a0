-- attempts.intent_id and payable_orders.intent_id name what is open at the provider: an intent, or a Checkout Session. A session
-- makes its intent only when the buyer uses its page; the one that took the money is kept here, for refunds and reconciliation.
ALTER TABLE attempts ADD COLUMN made_intent_id TEXT;
CREATE INDEX attempts_made_intent ON attempts (made_intent_id) WHERE made_intent_id IS NOT NULL;
