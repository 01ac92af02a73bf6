-- Not possible in a transaction.
CREATE INDEX CONCURRENTLY product_name ON product (name);
