-- Our copy of the catalogue (C1): what products' events said last. A deleted product stays, with its version.
CREATE TABLE products (
    id UUID NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);

CREATE TABLE variants (
    sku TEXT NOT NULL PRIMARY KEY,
    product_id UUID NOT NULL,
    slug TEXT,
    name TEXT NOT NULL,
    price_amount BIGINT NOT NULL,
    price_currency TEXT NOT NULL,
    for_sale BOOLEAN NOT NULL
);
CREATE INDEX variants_product ON variants (product_id);
