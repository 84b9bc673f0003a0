-- Whether somebody who reads the address's mail has said so. A changed address begins unconfirmed.
ALTER TABLE users ADD COLUMN email_confirmed BOOLEAN NOT NULL DEFAULT FALSE;

-- Links that were asked for: to choose a new password, to confirm an address. Addresses by their SHA-256, whether or not
-- anybody has them. A newer link for the same purpose and address ends the older, and so does its use.
CREATE TABLE mailed_links (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL,
    address TEXT NOT NULL,
    user_id UUID,                   -- NULL: nobody has the address
    language TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL
);
CREATE INDEX mailed_links_address ON mailed_links (address, purpose, asked_at);
CREATE INDEX mailed_links_user ON mailed_links (user_id);
CREATE INDEX mailed_links_age ON mailed_links (asked_at);

-- The tokens that were mailed, by the SHA-256 of each: one for each try to send the mail.
CREATE TABLE mailed_tokens (
    hash TEXT PRIMARY KEY,
    link_id UUID NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX mailed_tokens_link ON mailed_tokens (link_id);
