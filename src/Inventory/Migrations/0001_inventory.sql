-- What is on the shelf and what of it is held for orders. on_hand is the sum of the SKU's movements, kept in the same
-- transaction (P5); the check makes the rule hold whatever the code does: what is held is there.
CREATE TABLE stock (
    sku TEXT NOT NULL PRIMARY KEY,
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand)
);

-- Why on hand changed: a movement is named by its cause, an order or a staff member's adjustment. One sale and one
-- return for an order's SKU, however often its event comes (P5, E5). Nothing here is updated or deleted.
CREATE TABLE movements (
    cause_id UUID NOT NULL,
    sku TEXT NOT NULL REFERENCES stock (sku),
    kind TEXT NOT NULL CHECK (kind IN ('adjustment', 'sale', 'return')),
    quantity BIGINT NOT NULL CHECK (quantity <> 0),
    reason TEXT,
    made_by UUID,
    at BIGINT NOT NULL,
    PRIMARY KEY (cause_id, sku, kind)
);
CREATE INDEX movements_sku ON movements (sku, at, cause_id, kind);

-- The one decision on each order (P3).
CREATE TABLE reservations (
    order_id UUID NOT NULL PRIMARY KEY,
    decision TEXT NOT NULL CHECK (decision IN ('reserved', 'refused', 'released', 'sold')),
    shortages TEXT,
    decided_at BIGINT NOT NULL
);

-- What an order holds, held or took, one row per SKU; an order that was refused has none.
CREATE TABLE reservation_lines (
    order_id UUID NOT NULL REFERENCES reservations (order_id),
    sku TEXT NOT NULL REFERENCES stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, sku)
);
