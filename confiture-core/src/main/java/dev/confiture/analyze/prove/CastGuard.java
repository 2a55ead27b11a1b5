package dev.confiture.analyze.prove;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions that are true where a cast would fail, without running the cast. There are some only
 * where they are exact; all other casts are tried.
 */
final class CastGuard {
    private static final Set<String> TEXTS = Set.of("text", "character varying", "bpchar", "name");
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint");

    /** {@code pg_input_is_valid} exists from PostgreSQL 16 on. */
    private static final int KNOWS_VALID_INPUT = 16;

    /** The bounds of the integer types, the upper one excluded. */
    private static final Map<String, String[]> BOUNDS =
            Map.of(
                    "smallint", new String[] {"-32768", "32768"},
                    "integer", new String[] {"-2147483648", "2147483648"},
                    "bigint", new String[] {"-9223372036854775808", "9223372036854775808"});

    private static final String UUID_DIGITS = "[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}";

    private final int sourceVersion;

    /**
     * Guards for one source.
     *
     * @param sourceVersion its major version
     */
    CastGuard(int sourceVersion) {
        this.sourceVersion = sourceVersion;
    }

    /** When {@code CAST(value AS to)} fails, for a value of the base type {@code from}. */
    Optional<String> fails(String value, String from, String to) {
        if (TEXTS.contains(from) && !TEXTS.contains(to)) {
            return ofText("CAST(" + value + " AS text)", to);
        }
        if (from.equals("json") && to.equals("jsonb")) {
            return Optional.of(ofJson("CAST(" + value + " AS text)"));
        }
        if (WHOLE.contains(to) && WHOLE.contains(from)) {
            return WHOLE.indexOf(from) > WHOLE.indexOf(to)
                    ? Optional.of(outside(value, to, "::bigint"))
                    : Optional.empty();
        }
        if (WHOLE.contains(to) && from.equals("numeric")) {
            return Optional.of(outside("round(" + value + ")", to, "::numeric"));
        }
        if (WHOLE.contains(to) && (from.equals("double precision") || from.equals("real"))) {
            // round() of a double goes to the even neighbour, as its cast to an integer does.
            return Optional.of(
                    outside(
                            "round(CAST(" + value + " AS double precision))",
                            to,
                            "::double precision"));
        }
        return Optional.empty();
    }

    private static String outside(String value, String type, String cast) {
        String[] bounds = BOUNDS.get(type);
        if (bounds == null) {
            throw new IllegalArgumentException(type);
        }
        return "NOT (%s >= '%s'%s AND %s < '%s'%s)"
                .formatted(value, bounds[0], cast, value, bounds[1], cast);
    }

    private Optional<String> ofText(String text, String to) {
        if (sourceVersion >= KNOWS_VALID_INPUT) {
            return Optional.of("NOT pg_input_is_valid(" + text + ", '" + to + "')");
        }
        if (WHOLE.contains(to)) {
            String number = "CAST(btrim(" + text + ", E' \\t\\n\\r\\f\\v') AS numeric)";
            return Optional.of(
                    "CASE WHEN "
                            + text
                            + " ~ '^[ \\t\\n\\r\\f\\v]*[+-]?[0-9]+[ \\t\\n\\r\\f\\v]*$' THEN "
                            + outside(number, to, "::numeric")
                            + " ELSE "
                            + text
                            + " IS NOT NULL END");
        }
        if (to.equals("uuid")) {
            return Optional.of(
                    "("
                            + text
                            + " !~ '^"
                            + UUID_DIGITS
                            + "$' AND "
                            + text
                            + " !~ '^\\{"
                            + UUID_DIGITS
                            + "\\}$')");
        }
        return Optional.empty();
    }

    /** {@code \\u0000} after an even number of backslashes; jsonb cannot hold NUL. */
    private String ofJson(String text) {
        return sourceVersion >= KNOWS_VALID_INPUT
                ? "NOT pg_input_is_valid(" + text + ", 'jsonb')"
                : text + " ~ '(^|[^\\\\])(\\\\\\\\)*\\\\u0000'";
    }
}
