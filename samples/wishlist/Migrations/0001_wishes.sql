-- Who wishes for what. The owner is a user or a guest.
CREATE TABLE wishes (
    owner_id UUID NOT NULL,
    sku TEXT NOT NULL,
    wished_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, sku)
);
