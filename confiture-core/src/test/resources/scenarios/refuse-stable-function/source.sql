CREATE TABLE old_users (id integer PRIMARY KEY, email text, boss integer);
CREATE FUNCTION peek(integer) RETURNS text STABLE LANGUAGE sql
AS 'SELECT email FROM public.old_users WHERE id = $1';
