-- An order is one row: a process manager (P1). What was bought never changes and is read whole with it, so the lines
-- are JSON, as are the shortages of a rejected order. E-mail and address are NULL once erased (E8).
CREATE TABLE orders (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    buyer_id UUID NOT NULL,
    cart_id UUID,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    lines TEXT NOT NULL,
    currency TEXT NOT NULL,
    subtotal_minor BIGINT NOT NULL,
    shipping_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    email TEXT,
    address TEXT,
    created_at BIGINT NOT NULL,
    pay_by BIGINT,
    attempts INTEGER NOT NULL,
    next_attempt BIGINT,
    leased_until BIGINT,
    close_reason TEXT,
    shortages TEXT,
    carrier TEXT,
    tracking_number TEXT
);
CREATE INDEX orders_buyer ON orders (buyer_id, id);
CREATE INDEX orders_status ON orders (status, id);
CREATE INDEX orders_email ON orders (LOWER(email), id) WHERE email IS NOT NULL;
-- The runner looks here alone: an order that waits for nobody's next step is not in it.
CREATE INDEX orders_due ON orders (next_attempt) WHERE next_attempt IS NOT NULL;

-- One row for each state that an order entered, written with the state. The actor is the staff member who acted.
CREATE TABLE order_history (
    order_id UUID NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_id UUID,
    PRIMARY KEY (order_id, version)
);

-- Our own copy of the catalogue's prices (C1). A deleted product stays, with its version, as a tombstone.
CREATE TABLE products (
    id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL
);
CREATE TABLE prices (
    sku TEXT PRIMARY KEY,
    product_id UUID NOT NULL,
    name TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    currency TEXT NOT NULL
);
CREATE INDEX prices_product ON prices (product_id);

-- Who the guests became (I4): an order that a guest's token places later is erased with the user's, too.
CREATE TABLE linked_guests (
    guest_id UUID PRIMARY KEY,
    user_id UUID NOT NULL
);
CREATE INDEX linked_guests_user ON linked_guests (user_id);
