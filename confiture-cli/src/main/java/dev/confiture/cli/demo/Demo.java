package dev.confiture.cli.demo;

import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Palette;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.StopSignal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The story of a migration, told with the commands that a user would type. */
public final class Demo implements AutoCloseable {
    /**
     * What the user may choose.
     *
     * @param rows rows in the old database
     * @param keep whether the servers and the project folder stay until the user is done
     */
    public record Options(long rows, int sourceVersion, int targetVersion, boolean keep) {
        public Options {
            if (rows < 1 || rows > Integer.MAX_VALUE) {
                throw wrong(
                        "--rows " + rows + " is out of range",
                        "Choose from 1 to " + Integer.MAX_VALUE + ".");
            }
            if (sourceVersion > targetVersion) {
                throw wrong(
                        "the new server would be older than the old one",
                        "Choose a --target-version that is not below --source-version.");
            }
        }

        private static ConfitureException wrong(String what, String hint) {
            return new ConfitureException(ErrorCode.USAGE, what, hint);
        }
    }

    /** Runs a command line as if it were typed in a folder, and says why it failed, if so. */
    @FunctionalInterface
    public interface Shell {
        Optional<Failure> run(Path folder, Map<String, String> variables, List<String> arguments);
    }

    /**
     * Where the story is told.
     *
     * @param stream where to print
     */
    public record Stage(PrintStream stream, Palette palette) {}

    private final Options options;
    private final Shell shell;
    private final Stage stage;
    private final StopSignal stop;
    private final List<DemoReport.Step> steps = new ArrayList<>();
    private @Nullable Servers servers;
    private @Nullable Project project;

    public Demo(Options options, Shell shell, Stage stage, StopSignal stop) {
        this.options = options;
        this.shell = shell;
        this.stage = stage;
        this.stop = stop;
    }

    /** Tells the story; ends at the first command that fails, and says why. */
    public Optional<Failure> play() {
        announce();
        return inOrder(
                this::startServers,
                () -> type("make the old tables", "build --env old"),
                () -> type("make the new tables", "build --env new"),
                this::fill,
                this::grantRights,
                () -> type("prepare", "s2s setup --source old --target new --static"),
                () -> type("check", "s2s analyze --target new --mapping mapping.yaml"),
                () -> type("copy all rows", "s2s migrate --target new --mapping mapping.yaml"),
                () -> type("compare both sides", "s2s verify --target new"),
                () -> type("say where it stands", "s2s status --target new"),
                () -> type("remove all traces", "s2s cleanup --target new"),
                this::stopServers);
    }

    public DemoReport report() {
        Project kept = options.keep() ? project : null;
        return new DemoReport(
                options.sourceVersion(),
                options.targetVersion(),
                options.rows(),
                List.copyOf(steps),
                servers == null,
                kept == null ? null : kept.folder().toString());
    }

    /** With {@code --keep}: returns when the user asks to stop. */
    public void waitIfKept() {
        if (!options.keep()) {
            return;
        }
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the servers and removes the folder, however far the story came. */
    @Override
    public void close() {
        try {
            if (servers != null) {
                servers.close();
                servers = null;
            }
        } finally {
            if (project != null && !options.keep()) {
                project.delete();
                project = null;
            }
        }
    }

    private void announce() {
        String servers = options.sourceVersion() + " and " + options.targetVersion();
        String end = options.keep() ? "but the folder when you press Ctrl-C." : "again.";
        say(
                "This starts PostgreSQL "
                        + servers
                        + " on this machine, migrates a shop of "
                        + Figures.count(options.rows(), "row")
                        + " from an old schema to a new one, and removes everything "
                        + end);
    }

    @SafeVarargs
    private Optional<Failure> inOrder(Supplier<Optional<Failure>>... parts) {
        for (Supplier<Optional<Failure>> part : parts) {
            stop.check();
            Optional<Failure> failure = part.get();
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> startServers() {
        return measure(
                "start servers",
                "two empty servers that ask for passwords",
                () -> {
                    Servers started =
                            Servers.start(options.sourceVersion(), options.targetVersion());
                    servers = started;
                    project = Project.create(started.sourceUrl(), started.targetUrl());
                    if (options.keep()) {
                        project.writePasswords(started.passwords());
                    }
                    return Optional.empty();
                });
    }

    private Optional<Failure> fill() {
        String what = Figures.count(options.rows(), "row") + " in two related tables";
        say("\n" + stage.palette().strong("# fill the old shop: " + what));
        return measure(
                "fill",
                what,
                () -> {
                    present(servers).fill(options.rows());
                    return Optional.empty();
                });
    }

    private Optional<Failure> grantRights() {
        say("\n" + stage.palette().strong("# a superuser lets the new login use postgres_fdw"));
        Servers.rights().forEach(this::say);
        return measure(
                "grant rights",
                "postgres_fdw for a login that is no superuser",
                () -> {
                    present(servers).grantRights();
                    return Optional.empty();
                });
    }

    private Optional<Failure> type(String what, String command) {
        say("\n" + stage.palette().strong("$ confiture " + command));
        List<String> arguments = List.of(command.split(" "));
        Path folder = present(project).folder();
        return measure(
                arguments.get(arguments.getFirst().equals("s2s") ? 1 : 0),
                what,
                () -> shell.run(folder, present(servers).passwords(), arguments));
    }

    private Optional<Failure> stopServers() {
        return options.keep()
                ? Optional.empty()
                : measure(
                        "stop servers",
                        "both, with their data",
                        () -> {
                            close();
                            return Optional.empty();
                        });
    }

    private Optional<Failure> measure(String name, String what, Supplier<Optional<Failure>> work) {
        long begin = System.nanoTime();
        Optional<Failure> failure = work.get();
        steps.add(new DemoReport.Step(name, what, (System.nanoTime() - begin) / 1e9));
        return failure;
    }

    private void say(String line) {
        stage.stream().println(line);
        stage.stream().flush();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("The servers have not been started");
        }
        return value;
    }
}
