--liquibase formatted sql

--changeset shop:1
CREATE TABLE customer (number integer PRIMARY KEY, name text NOT NULL);
--rollback DROP TABLE customer;

--changeset shop:2
INSERT INTO customer (number, name) SELECT i, 'customer ' || i FROM generate_series(1, 15) AS i;
--rollback DELETE FROM customer;

--changeset shop:3 runInTransaction:false
CREATE INDEX CONCURRENTLY customer_name ON customer (name);
--rollback DROP INDEX customer_name;
