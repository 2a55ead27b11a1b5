-- Rows per second over the last minute in which chunks were finished.
SELECT sum(c.rows) / greatest(extract(epoch FROM clock_timestamp() - min(c.done_at
           - make_interval(secs => c.milliseconds / 1000.0))), 1)
FROM confiture.chunk c
WHERE c.done_at > clock_timestamp() - interval '1 minute'
