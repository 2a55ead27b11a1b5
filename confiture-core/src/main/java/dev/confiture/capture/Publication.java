package dev.confiture.capture;

import dev.confiture.catalog.Identifier;
import dev.confiture.catalog.Literal;
import dev.confiture.catalog.TableName;
import dev.confiture.change.CapturedTable;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.error.Finding;
import dev.confiture.identity.CaptureCheck;
import dev.confiture.identity.ReplicaIdentity;
import dev.confiture.postgres.Session;
import dev.confiture.postgres.SqlFailure;
import dev.confiture.postgres.SqlState;
import dev.confiture.postgres.SqlText;
import dev.confiture.progress.ProgressListener;
import dev.confiture.progress.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The publication on the source: which tables' changes are sent. It is made before the replication
 * slot, since a slot reads the catalog as it was when a change was made, and it is never altered.
 *
 * @param name of {@code [a-z0-9_]} only, so that the server's list of names needs no quotes
 */
public record Publication(String name, List<CapturedTable> tables) {
    private static final int COLUMN_LISTS = 15;
    private static final int GENERATED_COLUMNS = 18;
    private static final String OPERATIONS = "insert, update, delete, truncate";
    private static final String MARK =
            "Made by Confiture for a migration; `confiture s2s cleanup` drops it.";

    public Publication {
        tables = List.copyOf(tables);
    }

    /**
     * Makes it, or keeps the one of an earlier run if it is just the same. The application notices
     * nothing: the locks that it takes stop no reader and no writer, and are never held for long.
     *
     * @param source logged in as the owner of the tables
     * @param time how long locks of others are waited for
     * @return which of its forms it has, to be kept for {@link #check(Session, String)}
     * @throws ConfitureException if a table's changes cannot be captured; then nothing is made. Or
     *     if somebody else changed it at once
     */
    public String create(
            Session source, Duration time, ProgressListener listener, StopSignal stop) {
        List<Finding> findings = CaptureCheck.findings(source, tables);
        CaptureCheck.refuse(findings);
        if (difference(source).isPresent()) {
            make(source, time, listener, stop);
        }
        // In this order: what is changed behind the first look has another form from then on.
        String form = version(source);
        check(source);
        return form;
    }

    private void make(Session source, Duration time, ProgressListener listener, StopSignal stop) {
        List<String> statements = new ArrayList<>();
        if (exists(source)) {
            statements.add(dropStatement());
        }
        statements.add(createStatement(source));
        statements.add(
                "COMMENT ON PUBLICATION " + Identifier.quote(name) + " IS " + Literal.quote(MARK));
        try {
            new TableLocks(source, names(), listener, stop)
                    .run("the publication " + name, time, statements);
        } catch (SqlFailure failure) {
            throw failure.is(SqlState.INSUFFICIENT_PRIVILEGE) ? notTheOwner(failure) : failure;
        }
    }

    private List<TableName> names() {
        return tables.stream().map(CapturedTable::table).toList();
    }

    public boolean exists(Session source) {
        return form(source).isPresent();
    }

    /** Drops it if it is there; returns whether it was. */
    public boolean drop(Session source) {
        if (!exists(source)) {
            return false;
        }
        source.inWritingTransaction(() -> source.execute(dropStatement()));
        return true;
    }

    private String dropStatement() {
        return "DROP PUBLICATION " + Identifier.quote(name);
    }

    /**
     * Fails if it is not what was made: then changes may have been sent that are not ours, or not
     * been sent that are.
     */
    public void check(Session source) {
        difference(source)
                .ifPresent(
                        text -> {
                            throw changed(text);
                        });
    }

    /** Which of its forms it has; each change makes another one, also a change back. */
    String version(Session source) {
        return source.queryOptional(
                        SqlText.named("capture/read_publication_version"), row -> row.text(1), name)
                .orElse("");
    }

    /**
     * Fails if it was changed since it had that version, even if it is as it was again: what was
     * written meanwhile may not have been sent.
     */
    public void check(Session source, String version) {
        if (!version(source).equals(version)) {
            check(source);
            throw changed("it was altered, and then back to what it was");
        }
    }

    private ConfitureException changed(String how) {
        return new ConfitureException(
                ErrorCode.SOURCE_CHANGED,
                "the publication " + name + " on the source was changed: " + how,
                "Changes may be missing. Run `confiture s2s migrate --resync`, which copies"
                        + " everything anew; the mapping stays.");
    }

    private String createStatement(Session source) {
        int version =
                Math.toIntExact(
                        source.queryOne(
                                "SELECT current_setting('server_version_num')::int / 10000",
                                row -> row.number(1)));
        List<ReplicaIdentity> identities = ReplicaIdentity.read(source, names());
        // An inherited table is a table of its own; of a partitioned one ONLY means all.
        String members =
                names().stream()
                        .map(
                                table ->
                                        "ONLY "
                                                + table.quoted()
                                                + (version < COLUMN_LISTS
                                                        ? ""
                                                        : columnList(table, identities)))
                        .collect(Collectors.joining(", "));
        // With FULL the server wants generated columns published, or it refuses the application's
        // UPDATE; beside a list of columns the option means nothing.
        return "CREATE PUBLICATION "
                + Identifier.quote(name)
                + " FOR TABLE "
                + members
                + " WITH (publish = '"
                + OPERATIONS
                + "', publish_via_partition_root = true"
                + (version < GENERATED_COLUMNS ? "" : ", publish_generated_columns = stored")
                + ")";
    }

    /**
     * The columns of all replica identities in the table, so that nothing else travels. Nothing
     * less than all of them will do, and nothing at all where one is FULL: else the server refuses
     * the application's UPDATE and DELETE.
     *
     * @see <a
     *     href="https://www.postgresql.org/docs/current/logical-replication-col-lists.html">Column
     *     lists</a>
     */
    private static String columnList(TableName table, List<ReplicaIdentity> identities) {
        List<ReplicaIdentity> leaves =
                identities.stream().filter(leaf -> leaf.table().equals(table)).toList();
        TreeSet<String> columns = new TreeSet<>();
        for (ReplicaIdentity leaf : leaves) {
            boolean unlisted =
                    leaf.kind() == ReplicaIdentity.Kind.FULL
                            || leaf.columns().stream().anyMatch(leaf.unsent()::contains);
            if (unlisted) {
                return "";
            }
            columns.addAll(leaf.columns());
        }
        return columns.isEmpty() ? "" : " (" + Identifier.quoteAll(columns) + ")";
    }

    private Optional<Form> form(Session source) {
        return source.queryOptional(
                SqlText.named("capture/find_publication"),
                row -> new Form(row.truth(1), row.truth(2), row.truth(3)),
                name);
    }

    /** What it is not as it should be, in words; empty if all is well. */
    private Optional<String> difference(Session source) {
        Optional<Form> form = form(source);
        if (form.isEmpty()) {
            return Optional.of("it is gone");
        }
        return form.get().difference().or(() -> differenceOfTables(source));
    }

    private Optional<String> differenceOfTables(Session source) {
        List<Member> members =
                source.query(
                        SqlText.named("capture/list_publication_tables"),
                        row ->
                                new Member(
                                        new TableName(row.text(1), row.text(2)),
                                        row.truth(3),
                                        row.texts(4)),
                        name);
        for (CapturedTable table : tables) {
            Optional<Member> member =
                    members.stream().filter(one -> one.table().equals(table.table())).findFirst();
            if (member.isEmpty()) {
                return Optional.of(table.table().display() + " is not in it any more");
            }
            if (!member.get().sends(table.columns())) {
                return Optional.of("it no longer sends every change of " + table.table().display());
            }
        }
        return members.stream()
                .map(Member::table)
                .filter(table -> !names().contains(table))
                .findFirst()
                .map(table -> table.display() + " was added");
    }

    private record Form(boolean wholeSchemas, boolean everyOperation, boolean viaRoot) {
        Optional<String> difference() {
            if (wholeSchemas) {
                return Optional.of("it publishes whole schemas");
            }
            if (!everyOperation) {
                return Optional.of("it does not publish " + OPERATIONS);
            }
            return viaRoot
                    ? Optional.empty()
                    : Optional.of("it publishes partitions by their own names");
        }
    }

    private record Member(TableName table, boolean filtered, List<String> columns) {
        boolean sends(List<String> wanted) {
            return !filtered && (columns.isEmpty() || columns.containsAll(wanted));
        }
    }

    private static ConfitureException notTheOwner(SqlFailure cause) {
        return new ConfitureException(
                ErrorCode.SOURCE_UNSUPPORTED,
                "the source's role may not make the publication: " + cause.getMessage(),
                "A publication takes the owner of its tables, with the right to create in the"
                        + " database. Name such a login as admin_url in the source's environment"
                        + " file.",
                cause);
    }
}
