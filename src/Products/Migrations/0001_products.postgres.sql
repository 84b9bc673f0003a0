-- As 0001_products.sqlite.sql, with what differs: the numbering, texts ordered by their bytes, bytes, and the words.
CREATE TABLE categories (
    slug TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    products BIGINT NOT NULL CHECK (products >= 0)
);

CREATE TABLE products (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    category TEXT COLLATE "C" REFERENCES categories (slug),
    price_from BIGINT NOT NULL,
    in_stock BOOLEAN NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE INDEX products_price ON products (price_from, number);
CREATE INDEX products_name ON products (name_key, number);
CREATE INDEX products_category ON products (category, number);
CREATE INDEX products_category_price ON products (category, price_from, number);
CREATE INDEX products_category_name ON products (category, name_key, number);

CREATE TABLE product_texts (
    number BIGINT NOT NULL PRIMARY KEY REFERENCES products (number),
    listing TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE variants (
    sku TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    product_number BIGINT NOT NULL REFERENCES products (number)
);
CREATE INDEX variants_product ON variants (product_number);

CREATE TABLE availability (
    sku TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    in_stock BOOLEAN NOT NULL
);

CREATE TABLE product_changes (
    product_id UUID NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('created', 'changed', 'deleted')),
    made_by UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (product_id, version)
);

CREATE TABLE pictures (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL,
    added_by UUID NOT NULL,
    added_at BIGINT NOT NULL
);

-- Porter's stemmer, as FTS5 has it, and no stop words: "off" and "under" are words of products too.
CREATE TEXT SEARCH DICTIONARY stoa_stem (TEMPLATE = snowball, LANGUAGE = porter);
CREATE TEXT SEARCH CONFIGURATION stoa (COPY = english);
ALTER TEXT SEARCH CONFIGURATION stoa ALTER MAPPING REPLACE english_stem WITH stoa_stem;

CREATE TABLE product_words (
    number BIGINT NOT NULL PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX product_words_words ON product_words USING GIN (words);
