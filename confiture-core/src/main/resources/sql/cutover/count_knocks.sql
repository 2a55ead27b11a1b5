-- How many writers the fence has refused, and when it last did; see create_counters.sql.
SELECT CASE WHEN k.is_called THEN k.last_value ELSE 0 END,
       CASE WHEN l.is_called
            THEN to_char(to_timestamp(l.last_value), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END
FROM confiture.knock k, confiture.last_knock l
