-- What an import says lies on the shelf of a new SKU: told to Inventory with the product, which takes it once.
ALTER TABLE variants ADD COLUMN opening_stock INTEGER NOT NULL DEFAULT 0 CHECK (opening_stock >= 0);

-- Products have tags from now on. In a value the quotes of this text would be escaped, so it is the field alone.
UPDATE product_texts SET document = REPLACE(document, ',"images":[', ',"tags":[],"images":[');
