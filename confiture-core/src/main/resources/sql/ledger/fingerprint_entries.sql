-- One text that stands for all entries whose copy was planned, as they are derived.
SELECT md5(coalesce(string_agg(
    array[entry, source_schema, source_table, target_schema, target_table, select_text]::text,
    ' ' ORDER BY number), ''))
FROM confiture.entry
