SELECT id, home, homes, nested, years, times::text, days FROM places ORDER BY id;
SELECT id, exact, many, warm, warms, (home).street, (homes[1]).tags FROM places ORDER BY id;
