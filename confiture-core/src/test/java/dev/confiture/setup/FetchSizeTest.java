package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.catalog.Table;
import dev.confiture.catalog.TableName;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 10000",
        "-1, 4194304, 10000",
        "-1, 4194305, 100",
        "1000000, 100000000, 10000",
        "1000000, 10485760000, 400",
        "1000, 8388608000, 10",
    })
    void aFetchBringsAboutFourMebibytes(long rows, long bytes, int expected) {
        TableName name = new TableName("public", "t");
        Table table =
                new Table(
                        name, Table.Kind.ORDINARY, List.of(), List.of(), false, rows, bytes, false);

        assertThat(ForeignTableDefinition.fetchSize(table)).isEqualTo(expected);
    }
}
