-- The operators that mean equality: those that a merge join or a hash join may use.
SELECT oid::text
FROM pg_operator
WHERE oprcanmerge OR oprcanhash
