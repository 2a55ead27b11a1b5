-- Parameter: content text. Transactional: any other message may not be sent for a long time, since
-- nothing asks the server to write it to disk.
SELECT pg_logical_emit_message(true, 'confiture', ?::text)::text
