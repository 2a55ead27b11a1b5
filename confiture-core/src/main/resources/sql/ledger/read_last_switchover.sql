SELECT number,
       direction,
       way_back,
       to_char(began_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       to_char(decided_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       position::text,
       outcome
FROM confiture.switchover
ORDER BY number DESC
LIMIT 1
