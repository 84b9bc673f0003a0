-- Locked by staff: no log-in and no session until they unlock it. The lock after wrong passwords is another: it ends by itself.
ALTER TABLE users ADD COLUMN locked_at BIGINT;

-- The name as it is searched for: in small letters of every script, which SQLite's LOWER does not know.
ALTER TABLE users ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE users SET name_key = LOWER(name);

-- What staff did to accounts: who, when, what, and how it stood before and after. Ids, roles and states alone, so that it
-- outlives an erasure.
CREATE TABLE account_changes (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL,
    actor_id UUID NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    before TEXT,                    -- NULL: there was none yet
    after TEXT                      -- NULL: it is erased
);
CREATE INDEX account_changes_account ON account_changes (account_id, id);
