package dev.confiture.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.environment.Hooks;
import dev.confiture.environment.Hooks.Hook;
import dev.confiture.environment.Hooks.Moment;
import dev.confiture.error.ConfitureException;
import dev.confiture.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands of the user's, by the real shell. */
class HookCallTest {
    private static Optional<ConfitureException> call(
            String command, Duration timeout, Map<String, String> figures) {
        Hooks hooks = new Hooks(Map.of(Moment.ON_SWITCH, new Hook(command, timeout)));
        return new HookCall(hooks, ProgressListener.SILENT).at(Moment.ON_SWITCH, figures);
    }

    @Test
    void whatItSaysIsHeardHoweverBusyTheProcessIs() {
        CountDownLatch end = new CountDownLatch(1);
        List<?> busy =
                Stream.generate(() -> ForkJoinPool.commonPool().submit(() -> waitFor(end)))
                        .limit(ForkJoinPool.getCommonPoolParallelism() + 1L)
                        .toList();
        try {
            assertThat(busy).isNotEmpty();
            // More than a pipe holds.
            String talkative = "head -c 200000 /dev/zero | tr '\\0' x; echo the end; exit 3";
            assertThat(call(talkative, Duration.ofSeconds(30), Map.of()))
                    .hasValueSatisfying(
                            failure ->
                                    assertThat(failure.getMessage())
                                            .startsWith(
                                                    "the hook on_switch ended with exit code 3: x")
                                            .endsWith("the end"));
        } finally {
            end.countDown();
        }
    }

    private static boolean waitFor(CountDownLatch end) throws InterruptedException {
        end.await();
        return true;
    }

    @Test
    void itFindsTheFiguresInItsEnvironmentOnly() {
        String command = "test \"$CONFITURE_HOOK $CONFITURE_ROWS $#\" = 'on_switch 7 0'";
        assertThat(call(command, Duration.ofSeconds(30), Map.of("rows", "7"))).isEmpty();
    }

    @Test
    void oneThatTakesTooLongIsEnded() {
        assertThat(call("sleep 600 & sleep 600", Duration.ofMillis(200), Map.of()))
                .hasValueSatisfying(
                        failure ->
                                assertThat(failure)
                                        .hasMessageContaining("did not end within 200 ms"));
    }
}
