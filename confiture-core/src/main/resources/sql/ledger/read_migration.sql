SELECT format,
       mode,
       phase,
       to_char(phase_since, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       source_reference,
       source_display,
       source_system,
       source_database
FROM confiture.migration
