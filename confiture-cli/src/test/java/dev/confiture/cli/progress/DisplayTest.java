package dev.confiture.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confiture.cli.progress.LineDisplay.Details;
import dev.confiture.cli.render.Palette;
import dev.confiture.progress.ProgressEvent.ChunkCopied;
import dev.confiture.progress.ProgressEvent.Detail;
import dev.confiture.progress.ProgressEvent.EntryFinished;
import dev.confiture.progress.ProgressEvent.EntryStarted;
import dev.confiture.progress.ProgressEvent.StepFinished;
import dev.confiture.progress.ProgressEvent.StepStarted;
import dev.confiture.progress.ProgressEvent.Warning;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long seconds;

    @Test
    void linesComeWhenSomethingEndsAndNowAndThen() {
        Display display = lines(Details.NOW_AND_THEN);
        display.on(new StepStarted("copy"));
        display.on(new EntryStarted("users", "copy", 0, 1000));
        display.on(new EntryStarted("orders", "copy", 500, 3000));
        seconds = 1;
        display.on(new ChunkCopied("users", 100, 1000));
        seconds = 5;
        display.on(new ChunkCopied("orders", 900, 1000));
        display.on(new ChunkCopied("users", 100, 1000));
        seconds = 6;
        display.on(new EntryFinished("users", 1000, Duration.ofSeconds(6)));
        display.on(new Detail("index users_email"));
        display.on(new Warning("the clock is wrong"));
        display.on(new StepFinished("copy", Duration.ofMillis(6200)));
        assertThat(text())
                .isEqualTo(
                        """
                        copying: 1,500 of about 4,000 rows, 200 rows/s, about 13 s left
                        copied users: 1,000 rows in 6.0 s
                        warning: the clock is wrong
                        copy: 6.2 s
                        """);
    }

    @Test
    void verboseLinesShowEveryDetail() {
        Display display = lines(Details.ALL);
        display.on(new StepStarted("rebuild indexes"));
        display.on(new Detail("index users_email"));
        assertThat(text()).isEqualTo("rebuild indexes …\nindex users_email\n");
    }

    @Test
    void anUnknownNumberOfRowsMakesNoForecast() {
        CopyFigures figures = new CopyFigures(() -> seconds * 1_000_000_000);
        figures.started(new EntryStarted("log", "copy", 0, -1));
        seconds = 2;
        figures.copied(new ChunkCopied("log", 10, 10));
        assertThat(figures.sentence()).isEqualTo("10 rows, 5 rows/s");
        assertThat(BarDisplay.render(figures)).isEqualTo("copying  10 rows, 5 rows/s");
    }

    @Test
    void theBarGrowsToItsFullWidth() {
        CopyFigures figures = new CopyFigures(() -> seconds * 1_000_000_000);
        figures.started(new EntryStarted("users", "copy", 0, 1000));
        assertThat(BarDisplay.render(figures))
                .startsWith("copying [>                       ] 0%  0 of about 1,000 rows");
        seconds = 1;
        figures.copied(new ChunkCopied("users", 500, 10));
        assertThat(BarDisplay.render(figures))
                .startsWith("copying [============>           ] 50%  500 of about 1,000 rows");
        figures.copied(new ChunkCopied("users", 800, 10));
        assertThat(BarDisplay.render(figures))
                .startsWith("copying [========================] 100%  1,300 of about 1,300 rows");
    }

    @Test
    void aTerminalKeepsFinishedLinesAndNothingElse() {
        Display display = new BarDisplay(stream, Palette.PLAIN, 80);
        display.on(new StepStarted("copy"));
        display.on(new EntryStarted("users", "copy", 0, 10));
        display.on(new ChunkCopied("users", 10, 10));
        display.on(new EntryFinished("users", 10, Duration.ofSeconds(1)));
        display.on(new StepFinished("copy", Duration.ofSeconds(1)));
        display.on(new Warning("look"));
        display.close();
        assertThat(visible())
                .isEqualTo("✓ copied users: 10 rows in 1.0 s\n✓ copy: 1.0 s\nwarning: look\n");
    }

    @Test
    void aStatusLineNeverWraps() {
        new StatusLine(stream, 10).show("0123456789abcdef");
        assertThat(text()).isEqualTo("\r\u001b[K012345678");
    }

    @Test
    void withoutProgressThereAreOnlyWarnings() {
        Display display = new WarningDisplay(stream, Palette.PLAIN);
        display.on(new StepFinished("copy", Duration.ofSeconds(1)));
        display.on(new Warning("look"));
        assertThat(text()).isEqualTo("warning: look\n");
    }

    @Test
    void eventsMayComeFromManyThreads() {
        CopyFigures figures = new CopyFigures(System::nanoTime);
        figures.started(new EntryStarted("users", "copy", 0, 100_000));
        try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 1000; i++) {
                workers.execute(() -> figures.copied(new ChunkCopied("users", 100, 1)));
            }
        }
        assertThat(figures.rowsDone()).isEqualTo(100_000);
    }

    private Display lines(Details details) {
        return new LineDisplay(stream, Palette.PLAIN, details, () -> seconds * 1_000_000_000);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What a terminal shows in the end: an erased line leaves nothing. */
    private String visible() {
        return text().replaceAll("[^\n]*\r\u001b\\[K", "");
    }
}
