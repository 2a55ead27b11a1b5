package dev.confiture.build;

import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import java.util.List;

/**
 * A file, cut into statements.
 *
 * @param text the file's text for the server, in which every character is at its place in the file
 */
record Script(SqlFile file, String text, List<Statement> statements) {
    Script {
        statements = List.copyOf(statements);
    }

    /** Reads a file; what only psql can do is an error here, before anything has been run. */
    static Script of(SqlFile file) {
        Script script = StatementSplitter.split(file);
        script.statements.forEach(script::refuseWhatIsForPsql);
        return script.withoutOuterTransaction();
    }

    private void refuseWhatIsForPsql(Statement statement) {
        String place = file.place(statement.start());
        if (statement.isForPsql()) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    place
                            + ": "
                            + statement.text().replaceFirst("(?s)\\s.*", "")
                            + " is a command of psql, not SQL",
                    "Take the line out. Instead of \\i, let include_dirs find the files; instead of"
                            + " \\connect, name the database in database_url.");
        }
        if (statement.readsRowsFromFile()) {
            throw new ConfitureException(
                    ErrorCode.CONFIGURATION,
                    place + ": COPY … FROM stdin has its rows in the file, which only psql reads",
                    "Take the schema without data (`pg_dump --schema-only`), or write the rows as"
                            + " INSERT statements (`pg_dump --inserts`).");
        }
    }

    /** BEGIN as the first and COMMIT as the last statement give way to our own transaction. */
    private Script withoutOuterTransaction() {
        long steering = statements.stream().filter(Statement::steersTransaction).count();
        if (steering != 2
                || !statements.getFirst().opensTransaction()
                || !statements.getLast().commits()) {
            return this;
        }
        StringBuilder inner = new StringBuilder(text);
        blank(inner, statements.getFirst());
        blank(inner, statements.getLast());
        return new Script(file, inner.toString(), statements.subList(1, statements.size() - 1));
    }

    /** Its semicolon stays, an empty statement. */
    private static void blank(StringBuilder text, Statement statement) {
        for (int index = 0; index < statement.text().length(); index++) {
            if (text.charAt(statement.start() + index) != '\n') {
                text.setCharAt(statement.start() + index, ' ');
            }
        }
    }

    /** Whether the file begins or ends transactions in its midst. */
    boolean steersTransactions() {
        return statements.stream().anyMatch(Statement::steersTransaction);
    }
}
