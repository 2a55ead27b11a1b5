-- What a function raises has another place on top than the line of a COPY, as a server has that
-- speaks another language than English.
CREATE FUNCTION refuse(price integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF price < 0 THEN
        RAISE EXCEPTION 'Wert »%« ist negativ', price
            USING ERRCODE = '23514', DETAIL = 'Fehlgeschlagene Zeile enthält (' || price || ').';
    END IF;
    RETURN true;
END $$;
CREATE TABLE goods (id uuid PRIMARY KEY, price integer CHECK (refuse(price)));
