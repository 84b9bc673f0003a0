CREATE TABLE categories (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    products BIGINT NOT NULL CHECK (products >= 0)
);

-- What lists filter and sort by, apart from the texts, so that many rows share a page.
-- number is the order of creation. revision grows with version and with each change of what is in stock.
CREATE TABLE products (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id UUID NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    category TEXT REFERENCES categories (slug),
    price_from BIGINT NOT NULL,
    in_stock BOOLEAN NOT NULL,
    name_key TEXT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
-- One index for each order in which a list can be walked, over all and within a category.
CREATE INDEX products_price ON products (price_from, number);
CREATE INDEX products_name ON products (name_key, number);
CREATE INDEX products_category ON products (category, number);
CREATE INDEX products_category_price ON products (category, price_from, number);
CREATE INDEX products_category_name ON products (category, name_key, number);

-- A product as it is answered, in a list and by itself: the JSON that goes out, written once and read as it is.
CREATE TABLE product_texts (
    number INTEGER PRIMARY KEY REFERENCES products (number),
    listing TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE variants (
    sku TEXT NOT NULL PRIMARY KEY,
    product_number BIGINT NOT NULL REFERENCES products (number)
);
CREATE INDEX variants_product ON variants (product_number);

-- A copy of what Inventory tells, also of SKUs that no product has yet.
CREATE TABLE availability (
    sku TEXT NOT NULL PRIMARY KEY,
    in_stock BOOLEAN NOT NULL
);

-- Who changed what. Nothing here is updated or deleted.
CREATE TABLE product_changes (
    product_id UUID NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'deleted')),
    made_by UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (product_id, version)
);

-- Named by a hash of its content: the same picture is kept once and never changes.
CREATE TABLE pictures (
    name TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL,
    added_by UUID NOT NULL,
    added_at BIGINT NOT NULL
);

-- The words of each product, by its number. No text is kept twice (content=''). porter: English stems; unicode61 with
-- remove_diacritics: case and accents forgiven; prefix: short beginnings of words answered from an index of their own.
CREATE VIRTUAL TABLE product_words USING fts5 (
    name, labels, summary, description,
    content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2', prefix='2 3'
);
