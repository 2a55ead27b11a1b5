package dev.confiture.identity;

import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.error.Finding.Severity;
import dev.confiture.identity.ReplicaIdentity.Kind;
import dev.confiture.identity.ReplicaIdentity.Storage;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the tables whose changes cannot be captured. To publish a table without a usable replica
 * identity would make the application's own UPDATE and DELETE fail at once, so none of this may be
 * found out later.
 */
public final class CaptureCheck {
    private final List<ReplicaIdentity> identities;
    private final IdentityRemedy remedies;

    private CaptureCheck(List<ReplicaIdentity> identities, IdentityRemedy remedies) {
        this.identities = identities;
        this.remedies = remedies;
    }

    /** All that stands in the way, table by table, each with the statement that mends it. */
    public static List<Finding> findings(Session source, List<CapturedTable> tables) {
        List<TableName> names = tables.stream().map(CapturedTable::table).toList();
        CaptureCheck check =
                new CaptureCheck(
                        ReplicaIdentity.read(source, names), IdentityRemedy.read(source, names));
        return tables.stream().flatMap(table -> check.of(table).stream()).toList();
    }

    /** Fails with all of it at once. */
    public static void refuse(List<Finding> findings) {
        List<Finding> blockers =
                findings.stream()
                        .filter(finding -> finding.severity() == Severity.BLOCKER)
                        .toList();
        if (blockers.isEmpty()) {
            return;
        }
        throw new ConfitureException(
                ErrorCode.SOURCE_UNSUPPORTED,
                "changes of the source cannot be captured:\n"
                        + bullets(blockers, finding -> finding.subject() + " " + finding.message()),
                "Mend the tables, or copy a source that rests (setup --static):\n"
                        + bullets(blockers, Finding::remedy));
    }

    private static String bullets(List<Finding> findings, Function<Finding, String> text) {
        return findings.stream()
                .map(finding -> "- " + text.apply(finding))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private List<Finding> of(CapturedTable table) {
        List<ReplicaIdentity> leaves =
                identities.stream().filter(leaf -> leaf.table().equals(table.table())).toList();
        Map<String, List<ReplicaIdentity>> faults = new LinkedHashMap<>();
        for (ReplicaIdentity leaf : leaves) {
            fault(leaf, table.columns())
                    .ifPresent(
                            text ->
                                    faults.computeIfAbsent(text, any -> new ArrayList<>())
                                            .add(leaf));
        }
        List<Finding> findings = new ArrayList<>();
        faults.forEach((text, faulty) -> findings.add(finding(table, text, faulty)));
        if (findings.isEmpty()) {
            futurePartitions(table, leaves).ifPresent(findings::add);
        }
        return findings;
    }

    private Finding finding(CapturedTable table, String fault, List<ReplicaIdentity> leaves) {
        ReplicaIdentity first = leaves.getFirst();
        String where =
                first.leaf().equals(table.table())
                        ? ""
                        : " (" + counted(leaves.size()) + ", such as " + first.leaf() + ")";
        return new Finding(
                Severity.BLOCKER, table.table().display(), fault + where, remedy(table, leaves));
    }

    private static String counted(int partitions) {
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private String remedy(CapturedTable table, List<ReplicaIdentity> leaves) {
        return switch (leaves.getFirst().storage()) {
            case UNLOGGED ->
                    "Run on the source: "
                            + leaves.stream()
                                    .map(leaf -> "ALTER TABLE " + leaf.leaf().quoted())
                                    .map(alter -> alter + " SET LOGGED;")
                                    .collect(Collectors.joining("\n"))
                            + "\nIt rewrites the table under an ACCESS EXCLUSIVE lock.";
            case FOREIGN, OTHER ->
                    "Take it out of the mapping, and list it under ignore_tables if it is to stay"
                            + " behind.";
            case LOGGED ->
                    table.columns().isEmpty()
                            ? "Run on the source: ALTER TABLE "
                                    + table.table().quoted()
                                    + " ADD PRIMARY KEY (…); with the columns that identify a row."
                            : remedies.text(leaves, table.columns());
        };
    }

    /** What is wrong with the leaf, in words that follow the table's name. */
    private static Optional<String> fault(ReplicaIdentity leaf, List<String> wanted) {
        if (leaf.storage() != Storage.LOGGED) {
            return Optional.of(
                    switch (leaf.storage()) {
                        case UNLOGGED -> "is unlogged: the server writes no log of its changes";
                        case FOREIGN -> "is a foreign table, which changes elsewhere";
                        default -> "is no table whose changes are logged";
                    });
        }
        if (wanted.isEmpty()) {
            return Optional.of(
                    "has no primary key and no other key of NOT NULL columns, so that a changed"
                            + " row cannot be named");
        }
        if (leaf.stopsWriters()) {
            return Optional.of(
                    withoutIdentity(leaf)
                            + ": as soon as it were published, the application's UPDATE and"
                            + " DELETE would fail");
        }
        List<String> missing =
                wanted.stream().filter(column -> !leaf.covers(List.of(column))).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "has a replica identity that leaves out "
                                + String.join(", ", missing)
                                + ", which the mapping needs to know of a row that is changed");
    }

    private static String withoutIdentity(ReplicaIdentity leaf) {
        return switch (leaf.kind()) {
            case FULL ->
                    "has REPLICA IDENTITY FULL together with virtual generated columns, which"
                            + " PostgreSQL does not allow in a publication";
            case NOTHING -> "has REPLICA IDENTITY NOTHING";
            case INDEX -> "has a replica identity whose index is gone";
            case DEFAULT ->
                    leaf.deferrablePrimaryKey() == null
                            ? "has no replica identity"
                            : "has no replica identity, because its primary key "
                                    + leaf.deferrablePrimaryKey()
                                    + " is deferrable";
        };
    }

    /** A replica identity is not inherited: a new partition has that of its own primary key. */
    private static Optional<Finding> futurePartitions(
            CapturedTable table, List<ReplicaIdentity> leaves) {
        List<ReplicaIdentity> special =
                leaves.stream()
                        .filter(leaf -> !leaf.leaf().equals(table.table()))
                        .filter(leaf -> leaf.kind() != Kind.DEFAULT)
                        .toList();
        return special.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                Severity.WARNING,
                                table.table().display(),
                                "has partitions with a replica identity of their own; a partition"
                                        + " that is created during the migration does not get it,"
                                        + " and UPDATE and DELETE may fail on it",
                                "Create partitions for the time of the migration ahead, or give"
                                        + " each new one its replica identity in the transaction"
                                        + " that creates it."));
    }
}
