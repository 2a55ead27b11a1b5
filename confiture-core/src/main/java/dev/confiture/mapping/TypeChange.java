package dev.confiture.mapping;

import dev.confiture.catalog.Column;
import dev.confiture.catalog.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What changes in the meaning of a value between the types of a pair of columns. Whether the values
 * of one type fit into the other is measured by {@code analyze}.
 */
final class TypeChange {
    /** A remark and what to do about it. */
    record Remark(String text, String remedy) {}

    private static final Set<String> INTEGERS = Set.of("integer", "bigint");
    private static final Set<String> TEXTS = Set.of("text", "character varying");
    private static final Set<String> FLOATS = Set.of("real", "double precision");
    private static final Set<String> SERVER_BOUND =
            Set.of(
                    "oid",
                    "xid",
                    "xid8",
                    "cid",
                    "tid",
                    "aclitem",
                    "pg_lsn",
                    "pg_snapshot",
                    "refcursor");

    private final ColumnType from;
    private final String base;
    private final String wanted;

    private TypeChange(ColumnType from, ColumnType to) {
        this.from = from;
        this.base = element(from.base());
        this.wanted = element(to.base());
    }

    static List<Remark> remarks(Column from, Column to) {
        String subject =
                "target column \""
                        + to.name()
                        + "\" ("
                        + from.type().declared()
                        + (from.type().equals(to.type()) ? "" : " to " + to.type().declared())
                        + "): ";
        return new TypeChange(from.type(), to.type())
                .remarks().stream()
                        .map(remark -> new Remark(subject + remark.text(), remark.remedy()))
                        .toList();
    }

    private List<Remark> remarks() {
        List<Remark> remarks = new ArrayList<>();
        remarkOnMeaning(remarks);
        if (isTime(base) && isTime(wanted)) {
            remarkOnTime(remarks);
        }
        remarkOnNumber(remarks);
        remarkOnText(remarks);
        return remarks;
    }

    /** Values that mean something only on the server that gave them out, or by its settings. */
    private void remarkOnMeaning(List<Remark> remarks) {
        if (base.startsWith("reg") && from.builtIn()) {
            remarks.add(
                    new Remark(
                            "the value names an object of the database, and is looked up by name"
                                    + " in the target: a name that it does not have stops the copy",
                            "Make sure that all objects that it names exist in the target."));
        }
        // lo is the domain over oid of the extension of that name.
        if (SERVER_BOUND.contains(base) || base.equals("lo") || base.endsWith(".lo")) {
            remarks.add(
                    new Remark(
                            "the value was given out by the source server; what it points to, such"
                                    + " as a large object, is not carried with it",
                            "Leave the column behind (ignore) if nothing needs the bare value."));
        }
        if (base.equals("money") || wanted.equals("money")) {
            remarks.add(
                    new Remark(
                            "how money is written and read depends on lc_monetary",
                            "Make sure that lc_monetary is the same on both servers."));
        }
    }

    private void remarkOnTime(List<Remark> remarks) {
        if (isZoned(base) != isZoned(wanted)) {
            remarks.add(
                    new Remark(
                            "the side without a time zone is taken to be UTC",
                            "If it was meant in another time zone, convert it on the source"
                                    + " first."));
        }
        if (wanted.startsWith("time ") && base.startsWith("timestamp ")) {
            remarks.add(new Remark("the date is lost", reviewLoss()));
        }
    }

    private void remarkOnNumber(List<Remark> remarks) {
        boolean exact = wanted.equals("double precision") && !base.equals("bigint");
        if (INTEGERS.contains(base) && FLOATS.contains(wanted) && !exact) {
            int digits = wanted.equals("real") ? 6 : 15;
            remarks.add(
                    new Remark(
                            "only about " + digits + " digits of a number are kept", reviewLoss()));
        }
    }

    private void remarkOnText(List<Remark> remarks) {
        if (base.equals("json") && wanted.equals("jsonb")) {
            remarks.add(
                    new Remark(
                            "jsonb keeps neither the order of keys nor duplicate keys, and refuses"
                                    + " \\u0000",
                            reviewLoss()));
        }
        if (base.equals(wanted)) {
            return;
        }
        if (base.equals("bpchar")) {
            remarks.add(
                    new Remark(
                            "blanks at the end are dropped",
                            "There is nothing to do if they only fill the value up."));
        }
        if (TEXTS.contains(base) && wanted.equals("bpchar")) {
            remarks.add(
                    new Remark(
                            "blanks at the end no longer count: texts that differ in them only"
                                    + " become equal",
                            "There is nothing to do if no text ends in blanks."));
        }
        if (wanted.equals("name")) {
            remarks.add(new Remark("what is longer than 63 bytes is cut", reviewLoss()));
        }
        if (wanted.equals("\"char\"")) {
            remarks.add(new Remark("only the first character is kept", reviewLoss()));
        }
        if (wanted.equals("\"bit\"") && INTEGERS.contains(base)) {
            remarks.add(new Remark("only the lowest bit is kept", reviewLoss()));
        }
    }

    private static String reviewLoss() {
        return "Widen the target's type if nothing may be lost.";
    }

    private static boolean isTime(String base) {
        return base.equals("date")
                || base.equals("interval")
                || base.startsWith("timestamp ")
                || base.startsWith("time ");
    }

    private static boolean isZoned(String base) {
        return base.endsWith(" with time zone");
    }

    private static String element(String type) {
        return type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
    }
}
