SELECT 'person', id, name FROM persons UNION ALL
SELECT 'company', id, name || ' ' || vat FROM companies ORDER BY 2;
