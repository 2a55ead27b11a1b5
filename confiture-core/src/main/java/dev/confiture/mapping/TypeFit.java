package dev.confiture.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether every value of one type, as the server writes it, fits into another. */
public final class TypeFit {
    private static final Pattern DECLARED =
            Pattern.compile(
                    "(?<name>[^(]*?)(\\((?<first>\\d+)(,(?<second>-?\\d+))?\\))?"
                            + "(?<zone> with(out)? time zone)?(\\[\\])*");
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
    private static final Set<String> APPROXIMATE = Set.of("real", "double precision");
    private static final List<String> FRACTIONAL = List.of("real", "double precision", "numeric");
    private static final Set<String> TEXTS = Set.of("character varying", "character");
    private static final Set<String> BITS = Set.of("bit", "bit varying");
    private static final Set<String> TIMES = Set.of("timestamp", "time", "interval");

    /** More than any type can hold: no limit was declared. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int MICROSECONDS = 6;

    private TypeFit() {}

    /**
     * What happens to values that do not fit.
     *
     * @param text for people
     */
    public record Loss(String text, Effect effect) {
        private static Loss refused() {
            return new Loss("rows that do not fit stop the copy", Effect.REFUSED);
        }

        /** Whether it arrives as another one, without a word. */
        public boolean alters() {
            return effect == Effect.ALTERED;
        }
    }

    /** Whether a value that does not fit stops the copy or arrives as another one. */
    public enum Effect {
        REFUSED,
        ALTERED
    }

    private record Declared(String name, int first, int second) {
        static Optional<Declared> of(String type) {
            Matcher matcher = DECLARED.matcher(type);
            return matcher.matches()
                    ? Optional.of(
                            new Declared(
                                    matcher.group("name"),
                                    number(matcher.group("first"), UNLIMITED),
                                    number(matcher.group("second"), 0)))
                    : Optional.empty();
        }

        private static int number(@Nullable String digits, int otherwise) {
            return digits == null ? otherwise : Integer.parseInt(digits);
        }

        boolean limited() {
            return first != UNLIMITED;
        }
    }

    /** What happens to values that do not fit; empty if all fit as far as one can say. */
    public static Optional<Loss> loss(String source, String target) {
        Optional<Declared> from = Declared.of(source);
        Optional<Declared> to = Declared.of(target);
        return from.isPresent() && to.isPresent() ? loss(from.get(), to.get()) : Optional.empty();
    }

    private static Optional<Loss> loss(Declared from, Declared to) {
        if (INTEGERS.contains(to.name())) {
            return toInteger(from, to);
        }
        if (to.name().equals("numeric")) {
            return toNumeric(from, to);
        }
        if (APPROXIMATE.contains(to.name())
                && FRACTIONAL.indexOf(from.name()) > FRACTIONAL.indexOf(to.name())) {
            return altered("digits beyond its precision are lost");
        }
        if (TEXTS.contains(to.name()) || BITS.contains(to.name())) {
            return toLimited(from, to);
        }
        return toTime(from, to);
    }

    private static Optional<Loss> toInteger(Declared from, Declared to) {
        if (FRACTIONAL.contains(from.name())) {
            return altered(
                    "rows that do not fit stop the copy, and fractions are rounded or stop it too");
        }
        return INTEGERS.indexOf(from.name()) > INTEGERS.indexOf(to.name())
                ? Optional.of(Loss.refused())
                : Optional.empty();
    }

    private static Optional<Loss> toNumeric(Declared from, Declared to) {
        if (!to.limited()) {
            return toWholeNumeric(from);
        }
        boolean integer = INTEGERS.contains(from.name());
        if (!integer && !FRACTIONAL.contains(from.name())) {
            return Optional.empty();
        }
        int places = integer ? 0 : from.limited() ? from.second() : UNLIMITED;
        int digits = integer ? digits(from) : from.limited() ? from.first() - places : UNLIMITED;
        String rounded = "values are rounded to " + to.second() + " decimal places";
        boolean tooLong = digits > to.first() - to.second();
        boolean tooFine = places > to.second();
        if (tooLong && tooFine) {
            return altered(Loss.refused().text() + ", and " + rounded);
        }
        return tooLong
                ? Optional.of(Loss.refused())
                : tooFine ? altered(rounded) : Optional.empty();
    }

    /**
     * The server's casts keep FLT_DIG and DBL_DIG digits, fewer than make up the number: see
     * float8_numeric in src/backend/utils/adt/numeric.c.
     */
    private static Optional<Loss> toWholeNumeric(Declared from) {
        return switch (from.name()) {
            case "real" -> altered(digitsLost("6th"));
            case "double precision" -> altered(digitsLost("15th"));
            default -> Optional.empty();
        };
    }

    private static String digitsLost(String last) {
        return "digits beyond the "
                + last
                + " are lost, which an expression keeps that makes a text of it first,"
                + " CAST(CAST(… AS text) AS numeric)";
    }

    private static Optional<Loss> altered(String text) {
        return Optional.of(new Loss(text, Effect.ALTERED));
    }

    private static int digits(Declared integer) {
        return switch (integer.name()) {
            case "smallint" -> 5;
            case "integer" -> 10;
            default -> 19;
        };
    }

    private static Optional<Loss> toLimited(Declared from, Declared to) {
        boolean sameSort =
                TEXTS.contains(to.name())
                        ? TEXTS.contains(from.name())
                        : BITS.contains(from.name());
        int longest = sameSort ? from.first() : UNLIMITED;
        return to.limited() && longest > to.first()
                ? Optional.of(Loss.refused())
                : Optional.empty();
    }

    private static Optional<Loss> toTime(Declared from, Declared to) {
        if (to.name().equals("date") && from.name().equals("timestamp")) {
            return altered("the time of day is lost");
        }
        if (!TIMES.contains(to.name()) || !TIMES.contains(from.name()) || !to.limited()) {
            return Optional.empty();
        }
        int places = from.limited() ? from.first() : MICROSECONDS;
        return places > to.first()
                ? altered("seconds are rounded to " + to.first() + " decimal places")
                : Optional.empty();
    }
}
