-- Everybody has one cart, whose id is its owner's: a user's or a guest's. Without a row it is empty, at version 0.
CREATE TABLE carts (
    id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    is_guest BOOLEAN NOT NULL,
    merged_into UUID,               -- the shopper's cart that took a guest's lines last
    changed_at BIGINT NOT NULL
);
CREATE INDEX carts_guests_age ON carts (changed_at) WHERE is_guest;

CREATE TABLE cart_lines (
    cart_id UUID NOT NULL,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    place BIGINT NOT NULL,          -- lines are shown in the order in which they came
    PRIMARY KEY (cart_id, sku)
);

-- Our copy of the catalogue (C1): what products' events said last. A deleted product stays, with its version.
CREATE TABLE products (
    id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    slug TEXT
);

-- A SKU that is no longer for sale keeps its name, for the carts that hold it.
CREATE TABLE variants (
    sku TEXT PRIMARY KEY,
    product_id UUID NOT NULL,
    name TEXT NOT NULL,
    price_amount BIGINT NOT NULL,
    price_currency TEXT NOT NULL,
    for_sale BOOLEAN NOT NULL
);
CREATE INDEX variants_product ON variants (product_id);

-- Orders whose lines have left the cart (C2).
CREATE TABLE orders_taken (order_id UUID PRIMARY KEY);
