package dev.confiture.property;

import dev.confiture.property.ValueType.Sort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * SQL as people write it into a mapping: immutable built-in functions over columns of a fitting
 * sort. {@code {a}} and {@code {b}} stand for columns, which may be the same one.
 */
final class Grammar {
    /**
     * An expression.
     *
     * @param result the type that PostgreSQL gives it
     */
    record Template(Sort sort, String sql, String result) {}

    private static final List<Template> VALUES =
            List.of(
                    new Template(Sort.INTEGER, "{a} / 2 - {b} % 3", "bigint"),
                    new Template(Sort.INTEGER, "({a}::numeric * {b}) / 7.0", "numeric"),
                    new Template(Sort.INTEGER, "{a} # 5", "bigint"),
                    new Template(Sort.INTEGER, "ARRAY[{a}, NULL, {b}]::bigint[]", "bigint[]"),
                    new Template(Sort.INTEGER, "to_hex({a}::bigint)", "text"),
                    new Template(
                            Sort.INTEGER, "CASE WHEN {a} > {b} THEN 'more' ELSE NULL END", "text"),
                    new Template(Sort.NUMERIC, "round({a}, 1)", "numeric"),
                    new Template(Sort.NUMERIC, "-{a} + coalesce({b}, 0.10)", "numeric"),
                    new Template(Sort.NUMERIC, "greatest({a}, {b}, 1.00)", "numeric"),
                    new Template(Sort.NUMERIC, "{a} = {b}", "boolean"),
                    new Template(Sort.FLOAT, "(-{a})::double precision", "double precision"),
                    new Template(Sort.FLOAT, "cbrt({a})", "double precision"),
                    new Template(
                            Sort.FLOAT,
                            "coalesce(nullif({a}, 'NaN'), {b})::double precision",
                            "double precision"),
                    new Template(Sort.FLOAT, "{a}::text || 'e'", "text"),
                    new Template(Sort.TEXT, "lower({a})", "text"),
                    new Template(Sort.TEXT, "upper({a}) || '?'", "text"),
                    new Template(Sort.TEXT, "initcap({a})", "text"),
                    new Template(Sort.TEXT, "md5({a})", "text"),
                    new Template(Sort.TEXT, "length({a})", "integer"),
                    new Template(Sort.TEXT, "replace(substr({a}, 2), '\\', $$/$$)", "text"),
                    new Template(Sort.TEXT, "regexp_replace({a}, '\\s+|\\?', E'\\t', 'g')", "text"),
                    new Template(Sort.TEXT, "string_to_array({a}, ' ')", "text[]"),
                    new Template(Sort.TEXT, "nullif(trim({a}), '')", "text"),
                    new Template(Sort.TEXT, "{a} < 'm'", "boolean"),
                    new Template(Sort.TEXT, "quote_literal({a}) /* ? $1 */", "text"),
                    new Template(Sort.TEXT, "jsonb_build_array(length({a}))", "jsonb"),
                    new Template(Sort.BOOLEAN, "NOT {a} AND {b} IS TRUE", "boolean"),
                    new Template(Sort.BOOLEAN, "CASE {a} WHEN true THEN 1 ELSE 0 END", "integer"),
                    new Template(Sort.DATE, "extract(isoyear FROM {a}) -- the year?", "numeric"),
                    new Template(Sort.DATE, "{a} - 1", "date"),
                    new Template(
                            Sort.TIMESTAMP,
                            "date_trunc('month', {a})",
                            "timestamp without time zone"),
                    new Template(
                            Sort.TIMESTAMP,
                            "{a} AT TIME ZONE 'Europe/Zurich'",
                            "timestamp with time zone"),
                    new Template(
                            Sort.TIMESTAMPTZ,
                            "{a} AT TIME ZONE 'America/New_York'",
                            "timestamp without time zone"),
                    new Template(Sort.TIMESTAMPTZ, "extract(epoch FROM {a})", "numeric"),
                    new Template(Sort.INTERVAL, "justify_hours({a}) * 1", "interval"),
                    new Template(Sort.UUID, "replace({a}::text, '-', '')", "text"),
                    new Template(Sort.JSON, "{a} ->> 'a'", "text"),
                    new Template(Sort.JSON, "json_typeof({a})", "text"),
                    new Template(Sort.JSONB, "{a} ? 'a'", "boolean"),
                    new Template(Sort.JSONB, "{a} #> '{k,0}'", "jsonb"),
                    new Template(Sort.JSONB, "{a} @? '$.a'", "boolean"),
                    new Template(Sort.INTEGERS, "cardinality({a})", "integer"),
                    new Template(Sort.INTEGERS, "{a}[0:1] || {b}", "integer[]"),
                    new Template(Sort.TEXTS, "{a}[2]", "text"),
                    new Template(Sort.TEXTS, "array_remove({a}, NULL)", "text[]"),
                    new Template(Sort.BYTES, "encode({a}, 'base64')", "text"),
                    new Template(Sort.BYTES, "length({a}) * 2", "integer"),
                    new Template(Sort.RANGE, "upper({a})", "integer"),
                    new Template(Sort.RANGE, "{a} + '[9,9]'", "int4range"),
                    new Template(Sort.INET, "host({a})", "text"),
                    new Template(Sort.INET, "set_masklen({a}, 8)", "inet"));

    private static final Map<Sort, List<String>> CONDITIONS =
            Map.ofEntries(
                    Map.entry(
                            Sort.INTEGER,
                            List.of("{a} % 3 <> 0", "{a} IN (0, 1, 32767) OR {a} < 5")),
                    Map.entry(Sort.NUMERIC, List.of("{a} <> 'NaN'", "{a} > 1.5")),
                    Map.entry(Sort.FLOAT, List.of("{a} >= 0", "NOT ({a} = 'NaN')")),
                    Map.entry(
                            Sort.TEXT,
                            List.of(
                                    "{a} < 'm'",
                                    "{a} COLLATE \"en-x-icu\" > 'a'",
                                    "{a} ~ '^[[:alpha:]]'",
                                    "{a} LIKE '%a%' -- ?",
                                    "{a} IS DISTINCT FROM ''",
                                    "lower({a}) = {a}")),
                    Map.entry(Sort.BOOLEAN, List.of("{a}", "{a} IS NOT TRUE")),
                    Map.entry(
                            Sort.DATE, List.of("{a} > '1990-06-01'", "extract(dow FROM {a}) > 2")),
                    Map.entry(Sort.TIMESTAMP, List.of("{a} < '2000-01-01 00:00'")),
                    Map.entry(
                            Sort.TIMESTAMPTZ,
                            List.of("{a} <> 'infinity'", "{a} AT TIME ZONE 'UTC' > '1980-01-01'")),
                    Map.entry(Sort.UUID, List.of("{a} < '80000000-0000-0000-0000-000000000000'")),
                    Map.entry(
                            Sort.JSONB,
                            List.of(
                                    "{a} ? 'a'",
                                    "{a} @> '{\"k\": [true]}'",
                                    "{a} ->> 'a' IS NULL")),
                    Map.entry(
                            Sort.INTEGERS, List.of("{a} @> ARRAY[1]", "5 = ANY ({a}) IS NOT TRUE")),
                    Map.entry(Sort.BYTES, List.of("{a} > '\\x5c'")),
                    Map.entry(Sort.RANGE, List.of("{a} @> 4", "NOT isempty({a})")),
                    Map.entry(Sort.INET, List.of("{a} << '192.168.0.0/17'")));

    private final Chance chance;

    Grammar(Chance chance) {
        this.chance = chance;
    }

    /** An expression over a value of a sort, or nothing if none fits. */
    Optional<Template> value(Sort sort) {
        return pick(VALUES.stream().filter(template -> template.sort == sort).toList());
    }

    Optional<String> condition(Sort sort) {
        return pick(CONDITIONS.getOrDefault(sort, List.of()));
    }

    private <T> Optional<T> pick(List<T> fitting) {
        return fitting.isEmpty() ? Optional.empty() : Optional.of(chance.one(fitting));
    }

    static String fill(String sql, Function<String, String> hole) {
        return sql.replace("{a}", hole.apply("a")).replace("{b}", hole.apply("b"));
    }
}
