package dev.confiture.property;

/** Types that are none of PostgreSQL's own: known to both databases, or to one, or in two ways. */
final class OwnTypes {
    private static final String ON_BOTH =
            """
            CREATE SCHEMA "Odd schema";
            CREATE TYPE public."Mood" AS ENUM ('sad', 'it''s ok', '{happy}', 'a,b', 'NULL');
            CREATE DOMAIN public.amount AS numeric(12,2) CHECK (VALUE >= 0);
            CREATE TYPE public.place AS (street text, zip character(5), n integer);
            CREATE TYPE public.floatrange AS RANGE (subtype = float8);
            CREATE COLLATION public.ci
                (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            """;

    static final String ON_SOURCE =
            ON_BOTH
                    + """
                    CREATE TYPE public.grown AS ENUM ('one', 'two');
                    CREATE TYPE public.gone AS ENUM ('x', 'y z');
                    CREATE DOMAIN public.flag AS boolean;
                    CREATE DOMAIN public.code AS character(5);
                    CREATE DOMAIN public.ratio AS double precision;
                    CREATE DOMAIN public.fine AS numeric;
                    CREATE DOMAIN public.span AS integer;
                    CREATE TYPE public.spot AS (x integer, label text);
                    CREATE COLLATION public.there (provider = icu, locale = 'de-u-kf-upper');
                    """;

    static final String ON_TARGET =
            ON_BOTH
                    + """
                    CREATE TYPE public.grown AS ENUM ('zero', 'one', 'two');
                    CREATE TYPE public.fresh AS ENUM
                        ('sad', 'it''s ok', '{happy}', 'a,b', 'NULL', 'x', 'y z');
                    CREATE DOMAIN public.label AS varchar(8);
                    CREATE DOMAIN public.short AS character(9);
                    CREATE DOMAIN public.score AS numeric(30,1);
                    CREATE DOMAIN public.span AS bigint;
                    CREATE DOMAIN public.truth AS boolean;
                    """;

    private OwnTypes() {}
}
