package dev.confiture.capture;

import dev.confiture.capture.TableForm.Partition;
import dev.confiture.capture.TableForm.Version;
import dev.confiture.catalog.TableName;
import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One table, then and now. */
record TableComparison(String table, TableForm before, TableForm now) {
    /** What no hop can follow, in words. */
    List<String> differences() {
        List<String> differences = new ArrayList<>(before.differences(table, now));
        if (differences.isEmpty() && wasRewritten()) {
            differences.add(
                    table + " was rewritten by ALTER TABLE, and its values may be other ones");
        }
        now.partitions()
                .values()
                .forEach(
                        partition ->
                                partition
                                        .deafness()
                                        .ifPresent(
                                                why ->
                                                        differences.add(
                                                                ofPartition(partition)
                                                                        + " "
                                                                        + why
                                                                        + ", so its changes are"
                                                                        + " not sent")));
        newPartitions().values().stream()
                .filter(Partition::holdsRows)
                .filter(partition -> !knownIdentities().contains(partition.identity()))
                .forEach(
                        partition ->
                                differences.add(
                                        ofPartition(partition)
                                                + " has another replica identity ("
                                                + partition.identity()
                                                + ") than those before it"));
        before.partitions()
                .forEach(
                        (number, partition) -> {
                            Partition present = now.partitions().get(number);
                            if (present != null
                                    && !present.identity().equals(partition.identity())) {
                                differences.add(
                                        ofPartition(partition)
                                                + ": replica identity "
                                                + partition.identity()
                                                + " → "
                                                + present.identity());
                            }
                        });
        return differences;
    }

    private String ofPartition(Partition partition) {
        return "partition " + partition.name() + " of " + table;
    }

    /** VACUUM FULL, CLUSTER and TRUNCATE leave the columns; GRANT and SET STATISTICS the file. */
    private boolean wasRewritten() {
        return before.versions().entrySet().stream()
                .anyMatch(
                        version -> {
                            Version present = now.versions().get(version.getKey());
                            return present != null
                                    && !present.columns().equals(version.getValue().columns())
                                    && !present.file().equals(version.getValue().file());
                        });
    }

    /** By number. */
    private Map<String, Partition> newPartitions() {
        Map<String, Partition> added = new HashMap<>(now.partitions());
        added.keySet().removeAll(before.partitions().keySet());
        return added;
    }

    /** Those of the partitions; the root's own has a meaning only where there were none. */
    private Set<String> knownIdentities() {
        Set<String> known =
                before.partitions().values().stream()
                        .filter(Partition::holdsRows)
                        .map(Partition::identity)
                        .collect(Collectors.toSet());
        return known.isEmpty() ? Set.of(before.identity()) : known;
    }

    /** Why every row of the table counts as changed, or empty. */
    Optional<String> renewal(Session source) {
        for (Map.Entry<String, Partition> partition : before.partitions().entrySet()) {
            Version then = before.versions().get(partition.getKey());
            Version present = now.versions().get(partition.getKey());
            if (present == null) {
                return Optional.of(
                        "partition " + partition.getValue().name() + " was detached or dropped");
            }
            Partition same = now.partitions().get(partition.getKey());
            if (same != null && !same.link().equals(partition.getValue().link())) {
                return Optional.of(
                        "partition "
                                + partition.getValue().name()
                                + " was detached for a while, and then nothing of it is sent");
            }
            if (then != null && !then.file().equals(present.file())) {
                return Optional.of(
                        "partition "
                                + partition.getValue().name()
                                + " was truncated or written anew");
            }
        }
        Map<String, Partition> added = newPartitions();
        if (added.keySet().stream().allMatch(this::cameEmpty)) {
            return Optional.empty();
        }
        return added.entrySet().stream()
                .filter(partition -> partition.getValue().holdsRows())
                .filter(partition -> isFilled(source, partition.getKey()))
                .findFirst()
                .map(
                        partition ->
                                "partition "
                                        + partition.getValue().name()
                                        + (wasLoadedUnseen(partition.getKey())
                                                ? " was written anew and has rows"
                                                : " was attached and has rows"));
    }

    private boolean cameEmpty(String number) {
        return partition(number).bornAsPartition() && !wasLoadedUnseen(number);
    }

    /**
     * Whether rows may have been written to a partition that came empty, without being sent: a
     * table keeps the file that it was made with, which has its number, until it is written anew,
     * by {@code SET LOGGED} among others.
     */
    private boolean wasLoadedUnseen(String number) {
        Version present = now.versions().get(number);
        return partition(number).bornAsPartition()
                && partition(number).holdsRows()
                && present != null
                && !present.file().equals(number);
    }

    private Partition partition(String number) {
        return Objects.requireNonNull(now.partitions().get(number), number);
    }

    private static boolean isFilled(Session source, String number) {
        TableName name =
                source.queryOne(
                        "SELECT n.nspname, c.relname FROM pg_class c"
                                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE c.oid = ?::oid",
                        row -> new TableName(row.text(1), row.text(2)),
                        number);
        return source.select(
                        "SELECT EXISTS (SELECT FROM ONLY " + name.quoted() + ")",
                        row -> row.truth(1))
                .getFirst();
    }
}
