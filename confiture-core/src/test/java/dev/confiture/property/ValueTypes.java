package dev.confiture.property;

import dev.confiture.property.ValueType.Sort;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The types that columns are made of, with the values on which such tools break. */
final class ValueTypes {
    static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "NULL",
                    "null",
                    "\\N",
                    "\\.",
                    "a\tb",
                    "two\nlines",
                    "cr\r\n",
                    "back\\slash\\",
                    "\"quoted\"",
                    "it's",
                    "{}",
                    "{a,NULL}",
                    "(1,2)",
                    "日本語",
                    "🦆",
                    "straße",
                    "İıſK",
                    "e\u0301 é",
                    "  blanks  ",
                    "%s ? $1 :x $$ --",
                    "\u0001\u001f\u007f",
                    "\u00a0\ufeff\u2028",
                    "Z",
                    "a",
                    "A",
                    "ä",
                    "/* no end");

    private static final String LETTERS = "abcXYZ äÖé_-',\"\\\n\t019日";

    static final List<ValueType> ALL =
            Stream.of(numbers(), texts(), times(), others(), arrays(), own())
                    .flatMap(List::stream)
                    .toList();

    private ValueTypes() {}

    private static List<ValueType> numbers() {
        return List.of(
                type("smallint", Sort.INTEGER, "0|-32768|32767", c -> "" + (short) c.bits())
                        .to("integer", "bigint", "numeric", "numeric(9,2)", "double precision")
                        .to("text", "character varying(6)", "public.score", "public.span"),
                type("integer", Sort.INTEGER, "0|-2147483648|2147483647", c -> "" + (int) c.bits())
                        .to("bigint", "numeric(20,3)", "double precision", "text", "public.span")
                        .risk("smallint", "real"),
                type(
                                "bigint",
                                Sort.INTEGER,
                                "0|1|-9223372036854775808|9223372036854775807",
                                c -> "" + c.bits())
                        .to("numeric", "text", "double precision", "public.score")
                        .risk("integer"),
                type(
                                "numeric",
                                Sort.NUMERIC,
                                "NaN|0|-0.000|1.50|0.5|1.5|2.5|"
                                        + "9".repeat(90)
                                        + "."
                                        + "3".repeat(70)
                                        + "|1e-300|Infinity|-Infinity",
                                ValueTypes::decimal)
                        .to("text", "double precision")
                        .risk("numeric(30,10)", "bigint", "real", "public.score"),
                type(
                                "numeric(12,4)",
                                Sort.NUMERIC,
                                "NaN|0|-1.5|0.5|1.5|2.5|99999999.9999",
                                ValueTypes::decimal)
                        .to("numeric", "numeric(14,6)", "numeric(12,1)", "text", "real")
                        .risk("integer", "public.score", "public.label"),
                type(
                                "real",
                                Sort.FLOAT,
                                "NaN|Infinity|-Infinity|-0|1e-45|3.4028235e38|0.1",
                                c -> "" + (c.below(1 << 24) - (1 << 23)) / 128.0f)
                        .to("double precision", "numeric", "text")
                        .risk("integer"),
                type(
                                "double precision",
                                Sort.FLOAT,
                                "NaN|Infinity|-Infinity|-0|5e-324|1.7976931348623157e308|0.1|"
                                        + "2.5|0.30000000000000004",
                                c -> "" + (double) c.bits() / (1L << 40))
                        .to("numeric", "text")
                        .risk("real", "bigint", "public.score"),
                type("money", Sort.OTHER, "0|-1.25", c -> "" + c.below(1_000_000) + ".5")
                        .to("numeric", "text"),
                type("oid", Sort.OTHER, "0|4294967295", c -> "" + c.below(1 << 30))
                        .to("bigint", "text"));
    }

    private static List<ValueType> texts() {
        return List.of(
                new ValueType(
                        "text",
                        Sort.TEXT,
                        TEXTS,
                        c -> text(c, 40),
                        List.of("character varying", "character varying(9000)", "name"),
                        List.of(
                                "public.label",
                                "character varying(12)",
                                "character(20)",
                                "public.short")),
                new ValueType(
                        "text",
                        Sort.TEXT,
                        List.of(),
                        ValueTypes::longText,
                        List.of("character varying"),
                        List.of()),
                new ValueType(
                        "text COLLATE \"en-x-icu\"",
                        Sort.TEXT,
                        TEXTS,
                        c -> text(c, 12),
                        List.of("text", "character varying(30)", "text COLLATE \"C\""),
                        List.of()),
                new ValueType(
                        "text COLLATE public.there",
                        Sort.OTHER,
                        TEXTS,
                        c -> text(c, 12),
                        List.of("text", "character varying(30)"),
                        List.of()),
                new ValueType(
                        "text COLLATE public.ci",
                        Sort.OTHER,
                        TEXTS,
                        c -> text(c, 12),
                        List.of("text", "text COLLATE public.ci"),
                        List.of()),
                new ValueType(
                        "character varying(8)",
                        Sort.TEXT,
                        TEXTS.stream().filter(t -> t.length() <= 7).toList(),
                        c -> text(c, 8),
                        List.of(
                                "text",
                                "character varying(30)",
                                "public.label",
                                "character(9)",
                                "public.short",
                                "character varying(8)"),
                        List.of("character varying(5)", "character(4)")),
                new ValueType(
                        "character(7)",
                        Sort.TEXT,
                        TEXTS.stream().filter(t -> t.length() <= 7).toList(),
                        c -> text(c, 7),
                        List.of(
                                "text",
                                "character varying(7)",
                                "character(9)",
                                "public.label",
                                "public.short",
                                "name"),
                        List.of("character(5)", "character varying(5)")),
                type(
                                "uuid",
                                Sort.UUID,
                                "00000000-0000-0000-0000-000000000000|"
                                        + "FFFFFFFF-ffff-ffff-ffff-ffffffffffff",
                                ValueTypes::uuid)
                        .to("text", "character(36)", "character varying(36)"),
                type("text", Sort.OTHER, "", ValueTypes::uuid).to("uuid", "character(36)"),
                type("text", Sort.OTHER, "infinity|0044-03-15 BC", c -> day(c, 1900))
                        .to("date", "timestamp without time zone"),
                type("text", Sort.OTHER, "sad|it's ok|NULL", c -> "a,b")
                        .to("public.\"Mood\"", "public.fresh"),
                type("text", Sort.OTHER, "0.05|12", c -> "" + c.below(9999))
                        .to("public.amount", "numeric(10,1)", "public.score"),
                type("text", Sort.OTHER, "{}|{NULL,\"a b\"}|[0:1]={x,y}", c -> "{q}")
                        .to("text[]", "character varying(4)[]"),
                type(
                                "text",
                                Sort.OTHER,
                                "(,,)|(\"a,b\",\"12 \",3)",
                                c -> "(x,y," + c.below(9) + ")")
                        .to("public.place"),
                type("text", Sort.OTHER, "t|false|1|off", c -> "yes").to("boolean", "public.truth"),
                type("name", Sort.OTHER, "|a b", c -> "n" + c.below(999))
                        .to("text", "character varying(64)"),
                type("\"char\"", Sort.OTHER, "|a|\\", c -> "" + (char) ('a' + c.below(26)))
                        .to("text"));
    }

    private static List<ValueType> times() {
        return List.of(
                type(
                                "date",
                                Sort.DATE,
                                "infinity|-infinity|4713-01-01 BC|5874897-12-31|2024-02-29",
                                c -> day(c, 1000))
                        .to("text")
                        .risk("timestamp without time zone", "timestamp with time zone"),
                type("date", Sort.DATE, "0001-12-31 BC|2024-02-29", c -> day(c, 1900))
                        .to(
                                "timestamp without time zone",
                                "timestamp with time zone",
                                "text",
                                "timestamp(0) without time zone"),
                type(
                                "timestamp without time zone",
                                Sort.TIMESTAMP,
                                "infinity|-infinity|4713-01-02 00:00:00 BC|"
                                        + "294276-12-31 23:59:59.999999|2024-03-10 02:30:00|"
                                        + "2024-06-30 23:59:60",
                                c -> moment(c))
                        .to(
                                "text",
                                "timestamp(0) without time zone",
                                "timestamp with time zone",
                                "date",
                                "time without time zone"),
                type(
                                "timestamp with time zone",
                                Sort.TIMESTAMPTZ,
                                "infinity|-infinity|4713-01-02 00:00:00+00 BC|"
                                        + "2024-03-10 02:30:00-05|2024-10-27 01:30:00+02",
                                c -> moment(c) + "+05:45")
                        .to(
                                "text",
                                "timestamp(3) with time zone",
                                "timestamp without time zone",
                                "date",
                                "time with time zone"),
                type(
                                "time without time zone",
                                Sort.OTHER,
                                "24:00:00|00:00:00|12:34:56.789999",
                                c -> "0" + c.below(10) + ":00:01")
                        .to("text", "interval", "time(0) without time zone"),
                type(
                                "time with time zone",
                                Sort.OTHER,
                                "24:00:00+15:59|00:00:00-15:59",
                                c -> "0" + c.below(10) + ":00:01+02")
                        .to("text", "time without time zone"),
                type(
                                "interval",
                                Sort.INTERVAL,
                                "0|-1 year 2 mons -3 days 04:05:06.789|178000000 years|"
                                        + "1 mon -00:00:00.000001",
                                c -> c.below(99) + " days " + c.below(99999) + " sec")
                        .to("text", "interval(0)"));
    }

    private static List<ValueType> others() {
        return List.of(
                type("boolean", Sort.BOOLEAN, "t|f", c -> "t")
                        .to("text", "integer", "character varying(5)", "public.truth"),
                type(
                                "bytea",
                                Sort.BYTES,
                                "\\x|\\x00|\\x5c6e0aff|\\x27",
                                c -> "\\x" + Long.toHexString(c.bits() | 1L << 63))
                        .to("text"),
                type(
                                "json",
                                Sort.JSON,
                                "null|\"\"|{}|{ \"b\" : 1, \"a\":1.0, \"a\":\"?\" }|"
                                        + "[1, 2.50, null]|\"\\ud83e\\udd86 \\n\"",
                                c -> "{\"a\": " + c.bits() + ", \"k\": [true]}")
                        .to("jsonb", "text"),
                type(
                                "jsonb",
                                Sort.JSONB,
                                "null|\"\"|{}|{\"b\":1,\"a\":1.0}|[1,2.50,null,\"x\\ty\"]|1e400",
                                c -> "{\"a\": \"" + c.below(99) + "\", \"k\": [true]}")
                        .to("json", "text"),
                type(
                                "inet",
                                Sort.INET,
                                "::|::ffff:1.2.3.4/100|10.0.0.1/8",
                                c -> "192.168." + c.below(255) + "." + c.below(255))
                        .to("text"),
                type(
                                "cidr",
                                Sort.OTHER,
                                "::/0|10.0.0.0/8",
                                c -> "192.168." + c.below(255) + ".0/24")
                        .to("inet", "text"),
                type("macaddr", Sort.OTHER, "", c -> "08:00:2b:01:02:" + (10 + c.below(80)))
                        .to("text", "macaddr8"),
                type("bit(5)", Sort.OTHER, "00000|11111", c -> "01010")
                        .to("bit varying", "bit varying(9)", "text", "bit(5)")
                        .risk("bit(4)"),
                type("bit varying(70)", Sort.OTHER, "|1", c -> Long.toBinaryString(c.bits()))
                        .to("text", "bit varying"),
                type(
                                "int4range",
                                Sort.RANGE,
                                "empty|(,)|[1,2)|[-2147483648,2147483647)",
                                c -> "[" + c.below(9) + "," + (9 + c.below(99)) + ")")
                        .to("text", "int4multirange"),
                type(
                                "tstzrange",
                                Sort.OTHER,
                                "empty|[-infinity,infinity]",
                                c -> "[\"" + moment(c) + "+00\",)")
                        .to("text"),
                type(
                                "nummultirange",
                                Sort.OTHER,
                                "{}|{(,1.50],[2,3)}",
                                c -> "{[" + c.below(9) + ",10)}")
                        .to("text"),
                type(
                                "tsvector",
                                Sort.OTHER,
                                "|'it''s':1A 'b\\\\':2",
                                c -> "'w" + c.below(99) + "':3")
                        .to("text"),
                type(
                                "point",
                                Sort.OTHER,
                                "(NaN,-0)|(Infinity,1e-300)",
                                c -> "(" + c.below(9) + ",0.1)")
                        .to("text"),
                type("box[]", Sort.OTHER, "{}|{(2,2),(1,1);(4,4),(3,3)}", c -> "{NULL}")
                        .to("text"));
    }

    private static List<ValueType> arrays() {
        return List.of(
                type(
                                "integer[]",
                                Sort.INTEGERS,
                                "{}|{NULL}|{1,NULL,3}|[0:2]={1,2,3}|[-3:-2][5:6]={{1,2},{3,4}}",
                                c -> "{" + c.below(9) + "," + c.below(999) + "}")
                        .to("bigint[]", "text[]", "text", "numeric(9,1)[]"),
                new ValueType(
                        "text[]",
                        Sort.TEXTS,
                        List.of(
                                "{}",
                                "{NULL,\"NULL\",null}",
                                "{\"\",\"a\\\"b\\\\c\",\"{}\"}",
                                "[2:3]={x,\" y\"}",
                                "{\"new\nline\",\"tab\t\"}"),
                        c -> "{" + c.below(99) + ",b}",
                        List.of("character varying[]", "character varying(20)[]", "text"),
                        List.of("character(5)[]")),
                type(
                                "numeric(8,3)[]",
                                Sort.OTHER,
                                "{NaN,0,-1.5}|{}",
                                c -> "{" + c.below(99) + "." + c.below(99) + "}")
                        .to("numeric[]", "numeric(9,1)[]", "double precision[]", "text"),
                type(
                                "double precision[]",
                                Sort.OTHER,
                                "{NaN,-0,Infinity}|{{1,2},{3,0.1}}",
                                c -> "{" + c.below(99) + "}")
                        .to("text", "numeric[]"),
                type("character(3)[]", Sort.OTHER, "{a,\"b \",NULL}", c -> "{x,yy}")
                        .to("text[]", "character(5)[]", "text"),
                type("boolean[]", Sort.OTHER, "{t,f,NULL}", c -> "{f}").to("text[]", "text"),
                type(
                                "timestamp with time zone[]",
                                Sort.OTHER,
                                "{infinity,NULL}",
                                c -> "{\"" + moment(c) + "+01\"}")
                        .to("text", "date[]"),
                type(
                                "jsonb[]",
                                Sort.OTHER,
                                "{NULL,\"null\",\"{\\\"a\\\": [1]}\"}",
                                c -> "{\"" + c.below(9) + "\"}")
                        .to("text", "text[]"));
    }

    private static List<ValueType> own() {
        return List.of(
                type("public.\"Mood\"", Sort.OTHER, "sad|it's ok|{happy}|a,b|NULL", c -> "sad")
                        .to("text", "character varying(20)", "public.fresh"),
                type(
                                "public.\"Mood\"[]",
                                Sort.OTHER,
                                "{}|{sad,\"a,b\",\"NULL\",NULL}",
                                c -> "{sad}")
                        .to("text[]", "text", "public.fresh[]"),
                type("public.grown", Sort.OTHER, "one", c -> "two").to("text"),
                type("public.grown[]", Sort.OTHER, "{one,NULL}", c -> "{two}").to("text[]"),
                type("public.gone", Sort.OTHER, "x", c -> "y z")
                        .only("text", "character varying(9)", "public.fresh"),
                type("public.gone[]", Sort.OTHER, "{x,\"y z\",NULL}|{}", c -> "{x}")
                        .only("text[]", "text"),
                type("public.amount", Sort.OTHER, "0|NaN|12.5", c -> "" + c.below(9999) + ".05")
                        .to("numeric", "text", "numeric(20,4)", "public.score")
                        .risk("integer"),
                type("public.amount[]", Sort.OTHER, "{0,NULL}", c -> "{1.5}")
                        .to("numeric[]", "text[]"),
                type("public.flag", Sort.OTHER, "t", c -> "f")
                        .only("boolean", "text", "integer", "public.truth"),
                type("public.code", Sort.OTHER, "a| b", c -> "x" + c.below(99))
                        .only(
                                "text",
                                "character(5)",
                                "character varying(5)",
                                "public.label",
                                "public.short"),
                type(
                                "public.ratio",
                                Sort.OTHER,
                                "NaN|-0|0.30000000000000004|0.1",
                                c -> "" + (double) c.bits() / (1L << 50))
                        .only("double precision", "text", "numeric", "real"),
                type("public.fine", Sort.OTHER, "0.5|1.5|2.50|-0.4", ValueTypes::decimal)
                        .only("numeric", "text", "integer", "numeric(20,1)", "double precision"),
                type("public.span", Sort.OTHER, "0|-5", c -> "" + c.below(99999))
                        .to("bigint", "integer", "text"),
                type(
                                "public.place",
                                Sort.OTHER,
                                "(,,)|(\"a,b\",\"12 \",3)|(\"q\"\"\\\\\",,-1)",
                                c -> "(x,y," + c.below(9) + ")")
                        .to("text"),
                type(
                                "public.place[]",
                                Sort.OTHER,
                                "{}|{\"(\\\"a b\\\",,1)\",NULL}",
                                c -> "{\"(x,y,2)\"}")
                        .to("text"),
                type("public.spot", Sort.OTHER, "(,)|(1,\"a\nb\")", c -> "(" + c.below(9) + ",x)")
                        .only("text"),
                type(
                                "public.floatrange",
                                Sort.OTHER,
                                "empty|(,0.1]|[-Infinity,NaN]",
                                c -> "[0," + c.below(9) + "]")
                        .to("text"));
    }

    /** A type whose target is the same type; the edges are parted by bars. */
    private static ValueType type(
            String declared, Sort sort, String edges, Function<Chance, String> any) {
        List<String> values = edges.isEmpty() ? List.of() : List.of(edges.split("\\|", -1));
        return new ValueType(declared, sort, values, any, List.of(declared), List.of());
    }

    static String decimal(Chance c) {
        return c.below(99_999_999) + "." + "0".repeat(c.below(3)) + c.below(99);
    }

    static String uuid(Chance c) {
        return new UUID(c.bits(), c.bits()).toString();
    }

    static String day(Chance c, int year) {
        return year + c.below(300) + "-" + two(1 + c.below(12)) + "-" + two(1 + c.below(28));
    }

    static String moment(Chance c) {
        return day(c, 1900)
                + " "
                + two(c.below(24))
                + ":"
                + two(c.below(60))
                + ":"
                + two(c.below(60))
                + "."
                + c.below(999_999);
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    static String text(Chance c, int longest) {
        return IntStream.range(0, c.below(longest + 1))
                .mapToObj(any -> "" + LETTERS.charAt(c.below(LETTERS.length())))
                .collect(Collectors.joining());
    }

    /** So long and so random that it is stored out of line now and then. */
    private static String longText(Chance c) {
        return c.percent(90)
                ? text(c, 9)
                : IntStream.range(0, 300)
                        .mapToObj(any -> Long.toString(c.bits(), 36))
                        .collect(Collectors.joining());
    }
}
