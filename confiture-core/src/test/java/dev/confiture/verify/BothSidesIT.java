package dev.confiture.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.confiture.TwoDatabases;
import dev.confiture.postgres.Session;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.PostgresVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BothSidesIT {
    @ParameterizedTest
    @MethodSource("dev.confiture.TwoDatabases#versions")
    void theFailuresOfBothSidesAreKept(PostgresVersion version) throws Exception {
        try (TwoDatabases both = TwoDatabases.on(version);
                Session source = both.source().open("test");
                Session target = both.target().open("test")) {
            Throwable failure =
                    catchThrowable(
                            () ->
                                    BothSides.read(
                                            side(source, "old"),
                                            side(target, "new"),
                                            new StopSignal()));
            List<String> messages =
                    Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                            .map(Throwable::getMessage)
                            .toList();
            assertThat(messages).containsExactlyInAnyOrder("the old fails", "the new fails");
        }
    }

    private static BothSides.Side<String> side(Session session, String name) {
        return new BothSides.Side<>(
                session,
                () -> {
                    throw new IllegalStateException("the " + name + " fails");
                });
    }
}
