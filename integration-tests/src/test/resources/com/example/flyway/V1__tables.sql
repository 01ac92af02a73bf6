CREATE TABLE product (
  number integer PRIMARY KEY,
  name text NOT NULL
);
