-- Whether anything is in schema confiture.
SELECT EXISTS (SELECT FROM pg_class c
               WHERE c.relnamespace = to_regnamespace('confiture') AND c.relkind <> 'i')
    OR EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = to_regnamespace('confiture'))
