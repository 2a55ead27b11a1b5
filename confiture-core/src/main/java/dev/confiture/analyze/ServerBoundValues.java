package dev.confiture.analyze;

import dev.confiture.error.Finding;
import dev.confiture.mapping.Derivation;
import dev.confiture.mapping.DerivedColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Object ids mean something only on the server that gave them out. */
final class ServerBoundValues implements Check {
    private static final Set<String> NUMBERS =
            Set.of("oid", "xid", "xid8", "cid", "tid", "pg_lsn", "aclitem", "refcursor");

    @Override
    public List<Finding> findings(Inspection inspection) {
        return inspection.mapping().derivations().stream()
                .flatMap(
                        derivation ->
                                derivation.columns().stream()
                                        .flatMap(column -> finding(derivation, column).stream()))
                .toList();
    }

    private static Optional<Finding> finding(Derivation derivation, DerivedColumn column) {
        String type = column.result().base();
        String subject = derivation.source().display() + "." + column.sourceColumn();
        if (NUMBERS.contains(type) || type.equals("lo") || type.endsWith(".lo")) {
            return Optional.of(
                    new Finding(
                            Finding.Severity.WARNING,
                            subject,
                            "is of type %s: the value is carried as it is, but what it points to,"
                                            .formatted(type)
                                    + " such as a large object, is not",
                            "Leave the column behind with ignore, unless the bare value is"
                                    + " wanted."));
        }
        if (type.startsWith("reg") && column.result().builtIn()) {
            return Optional.of(
                    new Finding(
                            Finding.Severity.WARNING,
                            subject,
                            "is of type %s: it is carried by name, and a name that does not exist"
                                            .formatted(type)
                                    + " on the target stops the copy",
                            "Create the objects on the target first, or carry the column as"
                                    + " text."));
        }
        return Optional.empty();
    }
}
