-- Whether a date near today, or a time of this minute, stands in the view, but not in the text that
-- it was made from: a word such as 'now' or 'today' has become a constant of the moment in which the
-- view was made. Parameter: text.
WITH view AS (
    SELECT pg_get_viewdef('pg_temp.confiture_probe'::regclass) AS definition, ?::text AS written
)
SELECT EXISTS (
    SELECT
    FROM view,
        regexp_matches(
            definition,
            '(\d{4,}-\d\d-\d\d|(?<='')\d\d:\d\d(?=:[\d.]+([+-]\d+)?''::time))',
            'g') found
    WHERE found[1] IN (
            (CURRENT_DATE - 1)::text,
            CURRENT_DATE::text,
            (CURRENT_DATE + 1)::text,
            to_char(now(), 'HH24:MI'))
        AND position(found[1] IN written) = 0)
