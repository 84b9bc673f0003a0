-- What each change made of the product, before and after, as JSON; null for changes from before this was kept.
ALTER TABLE product_changes ADD COLUMN differences TEXT;
