package dev.confiture.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {
    @TempDir private Path docs;

    @Test
    void newResultsTakeThePlaceOfTheOldOnes() throws IOException {
        Path page = docs.resolve("speed.md");
        Files.writeString(page, "before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n");

        ResultsPage.besides(docs.resolve("speed")).orElseThrow().put("new\n");

        assertThat(page)
                .hasContent(
                        """
                        before
                        <!-- results -->
                        new

                        ![the same as bars](speed/results.svg)
                        <!-- end of results -->
                        after
                        """);
    }

    @Test
    void aFolderWithoutAPageHasNone() {
        assertThat(ResultsPage.besides(docs.resolve("speed"))).isEmpty();
    }
}
