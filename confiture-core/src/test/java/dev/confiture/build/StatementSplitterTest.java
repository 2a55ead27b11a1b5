package dev.confiture.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
    @Test
    void cutsAtSemicolonsAndKeepsTheirPlaces() {
        Script script = split("-- first\nSELECT 1;\n\n/* a ; b /* c */ ; */ SELECT 2 ;;\nSELECT 3");

        assertThat(script.statements())
                .extracting(Statement::text)
                .containsExactly("SELECT 1", "SELECT 2 ", "SELECT 3");
        assertThat(script.statements())
                .extracting(statement -> script.file().line(statement.start()))
                .containsExactly(2, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b''c;d'",
                "SELECT E'a\\';b'",
                "SELECT e'\\\\'",
                "SELECT 'a\\'",
                "SELECT \"a;\"\"b\"",
                "SELECT $$ ; ' $$",
                "SELECT $tag$ ; $$ ; $tag$",
                "SELECT a$b, $1 FROM x$y$",
                "SELECT 1 -- ; '",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE"
                        + " WHEN true THEN CASE WHEN false THEN 1 END END; END",
                "CREATE OR REPLACE PROCEDURE p(a int DEFAULT (1)) BEGIN ATOMIC SELECT 1; END",
                "SELECT '{}'::jsonb ? 'a', '{;}'",
                "SELECT 'é;❤'",
            })
    void keepsWhatBelongsTogether(String statement) {
        assertThat(split(statement + "\n;\nSELECT 2").statements())
                .extracting(text -> text.text().strip())
                .containsExactly(statement, "SELECT 2");
    }

    @Test
    void tellsTransactionControlFromBodiesAndNames() {
        assertThat(steers("BEGIN; SELECT 1; COMMIT; BEGIN; COMMIT;")).isTrue();
        assertThat(steers("START TRANSACTION; SELECT 1")).isTrue();
        assertThat(steers("DO $$ BEGIN COMMIT; END $$; SELECT \"begin\"")).isFalse();
        assertThat(steers("SAVEPOINT s; ROLLBACK TO SAVEPOINT s; ROLLBACK TRANSACTION TO s"))
                .isFalse();
        assertThat(steers("ROLLBACK")).isTrue();
    }

    @Test
    void aTransactionAroundTheWholeFileGivesWayToOurs() {
        Script script = Script.of(new SqlFile("a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\n"));

        assertThat(script.steersTransactions()).isFalse();
        assertThat(script.text()).isEqualTo("     ;\nSELECT 1;\n      ;\n");
        assertThat(script.statements()).extracting(Statement::text).isEqualTo(List.of("SELECT 1"));
    }

    @Test
    void linesThatPgDumpWritesForPsqlAreBlanked() {
        Script script =
                Script.of(new SqlFile("a.sql", "--\n\\restrict a3\n\nSELECT 1;\n\\unrestrict a3"));

        assertThat(script.text()).isEqualTo("--\n            \n\nSELECT 1;\n              ");
        assertThat(script.statements()).hasSize(1);
    }

    private static boolean steers(String text) {
        return split(text).steersTransactions();
    }

    private static Script split(String text) {
        return StatementSplitter.split(new SqlFile("a.sql", text));
    }
}
