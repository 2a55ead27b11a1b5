package dev.confiture.mapping;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a join's condition how the joined table leads to the driving one. Only a plain
 * conjunction of equalities between qualified columns is understood, and it is understood as a
 * whole or not at all; for anything else the entry has to say it in {@code depends}.
 */
final class JoinCondition {
    private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern EQUALITY =
            Pattern.compile(
                    "\\s*("
                            + NAME
                            + ")\\s*\\.\\s*("
                            + NAME
                            + ")\\s*=\\s*("
                            + NAME
                            + ")\\s*\\.\\s*("
                            + NAME
                            + ")\\s*");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+", Pattern.CASE_INSENSITIVE);

    private JoinCondition() {}

    /** One for each join on the table; none at all if one of them is not understood. */
    static List<Dependency> dependencies(Mapping.Entry entry, Table source, TableName table) {
        List<Optional<Dependency>> found =
                entry.longForm().joins().stream()
                        .filter(join -> join.table().equals(table))
                        .map(join -> dependency(join, source))
                        .toList();
        return found.stream().allMatch(Optional::isPresent)
                ? found.stream().flatMap(Optional::stream).toList()
                : List.of();
    }

    /** How the joined table leads to the driving one, or empty if the condition is another one. */
    static Optional<Dependency> dependency(LongForm.Join join, Table source) {
        List<String> joined = new ArrayList<>();
        List<String> driving = new ArrayList<>();
        for (String part : AND.split(join.on().sql(), -1)) {
            Matcher equality = EQUALITY.matcher(part);
            if (!equality.matches()) {
                return Optional.empty();
            }
            String left = name(equality.group(1));
            String right = name(equality.group(3));
            if (left.equals(join.alias()) && right.equals(source.name().name())) {
                joined.add(name(equality.group(2)));
                driving.add(name(equality.group(4)));
            } else if (right.equals(join.alias()) && left.equals(source.name().name())) {
                joined.add(name(equality.group(4)));
                driving.add(name(equality.group(2)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Dependency(join.table(), joined, Dependency.LeadsTo.DRIVING_TABLE, driving));
    }

    /** As PostgreSQL reads an identifier: unquoted ones in lower case. */
    private static String name(String written) {
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }
}
