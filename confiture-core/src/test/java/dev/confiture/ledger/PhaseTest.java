package dev.confiture.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final Pattern ROW = Pattern.compile("\\* ([A-Z_]+) +→ ([A-Z_]+) ");

    @Test
    void theTableInTheJavadocIsTheOneThatHolds() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/confiture/ledger/Phase.java"));
        Set<String> documented =
                ROW.matcher(source)
                        .results()
                        .map(PhaseTest::transition)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> held = new TreeSet<>();
        for (Phase from : Phase.values()) {
            Arrays.stream(Phase.values())
                    .filter(from::canBecome)
                    .forEach(next -> held.add(from + ">" + next));
        }
        assertThat(documented).isNotEmpty().isEqualTo(held);
    }

    private static String transition(MatchResult row) {
        return row.group(1) + ">" + row.group(2);
    }
}
