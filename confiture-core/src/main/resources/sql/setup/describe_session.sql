-- Version and TLS of this session.
SELECT current_setting('server_version'),
       coalesce((SELECT CASE WHEN s.ssl THEN s.version END
                 FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()), 'none')
