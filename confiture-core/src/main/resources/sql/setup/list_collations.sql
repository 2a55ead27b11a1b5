-- Which of the quoted collation names this database has. Parameter: text[].
SELECT wanted.name
FROM unnest(?::text[]) AS wanted (name)
WHERE to_regcollation(wanted.name) IS NOT NULL
