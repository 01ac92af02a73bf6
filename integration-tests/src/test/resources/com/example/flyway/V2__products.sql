INSERT INTO product (number, name)
SELECT i, 'product ' || i FROM generate_series(1, 20) AS i;
