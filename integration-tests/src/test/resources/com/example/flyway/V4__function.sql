CREATE FUNCTION longest_name() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT name FROM product ORDER BY length(name) DESC, number LIMIT 1);
END
$$;
SET search_path TO pg_catalog;
