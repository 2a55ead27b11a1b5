package dev.confiture.cli.demo;

import dev.confiture.cli.demo.Demo.Command;
import dev.confiture.cli.demo.Demo.Shell;
import dev.confiture.cli.render.Failure;
import dev.confiture.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A command that runs beside the others, as a service would; what it says is kept for its end. */
final class Follower implements AutoCloseable {
    private final StopSignal stop = new StopSignal();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final FutureTask<Optional<Failure>> task;

    private Follower(Shell shell, Command command) {
        PrintStream output = new PrintStream(said, true, StandardCharsets.UTF_8);
        Callable<Optional<Failure>> run = () -> shell.run(command.inBackground(stop, output));
        this.task = new FutureTask<>(run);
    }

    static Follower start(Shell shell, Command command) {
        Follower follower = new Follower(shell, command);
        Thread.ofPlatform().name("demo-follower").daemon().start(follower.task);
        return follower;
    }

    /** Ends it as SIGTERM would; returns why it failed, if so. */
    Optional<Failure> end() {
        stop.request();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it has printed so far. */
    String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        end();
    }
}
