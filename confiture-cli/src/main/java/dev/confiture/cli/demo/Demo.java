package dev.confiture.cli.demo;

import dev.confiture.cli.render.Failure;
import dev.confiture.cli.render.Figures;
import dev.confiture.cli.render.Palette;
import dev.confiture.error.ConfitureException;
import dev.confiture.error.ErrorCode;
import dev.confiture.progress.StopSignal;
import dev.confiture.sandbox.ShopWriters;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
        private static final long FEWEST_ROWS = 3;

        public Options {
            if (rows < FEWEST_ROWS || rows > Integer.MAX_VALUE) {
                throw wrong(
                        "--rows " + rows + " is out of range",
                        "Choose from " + FEWEST_ROWS + " to " + Integer.MAX_VALUE + ".");
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

    /**
     * A command line as it is typed.
     *
     * @param folder where it is typed
     * @param variables the environment variables
     * @param stop ends it
     * @param output where it prints, or null for the stage
     */
    public record Command(
            Path folder,
            Map<String, String> variables,
            List<String> arguments,
            StopSignal stop,
            @Nullable PrintStream output) {
        Command inBackground(StopSignal ownStop, PrintStream ownOutput) {
            return new Command(folder, variables, arguments, ownStop, ownOutput);
        }
    }

    /** Runs commands, and says why one failed, if so. */
    @FunctionalInterface
    public interface Shell {
        Optional<Failure> run(Command command);
    }

    /**
     * Where the story is told.
     *
     * @param stream where to print
     */
    public record Stage(PrintStream stream, Palette palette) {}

    private static final String FOLLOW = "s2s follow --target new";
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final Options options;
    private final Shell shell;
    private final Stage stage;
    private final StopSignal stop;
    private final List<DemoReport.Step> steps = new ArrayList<>();

    /** Ends what was begun, the last first. */
    private final Deque<Runnable> open = new ArrayDeque<>();

    private @Nullable Servers servers;
    private @Nullable Project project;
    private @Nullable ShopWriters writers;
    private @Nullable Follower follower;

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
                this::startWriters,
                this::grantRights,
                () -> type("prepare", "s2s setup --source old --target new"),
                () -> type("check", "s2s analyze --target new --mapping mapping.yaml"),
                () -> type("copy all rows", "s2s migrate --target new --mapping mapping.yaml"),
                this::startFollower,
                () -> type("say how far behind it is", "s2s status --target new"),
                () -> type("compare both sides", "s2s verify --target new"),
                () -> type("change to the new server", "s2s cutover --target new"),
                this::writeToTheNewShop,
                () -> type("say how far the old one is behind", "s2s status --target new"),
                this::changeOfMind,
                () -> type("go back to the old server", "s2s rollback --target new"),
                this::writeToTheOldShop,
                this::stopWriters,
                this::stopFollower,
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
                written(),
                open.isEmpty(),
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

    private DemoReport.@Nullable Writers written() {
        if (writers == null) {
            return null;
        }
        ShopWriters.Figures figures = writers.figures();
        return new DemoReport.Writers(
                figures.commits(),
                figures.errors(),
                figures.longestStatement().toNanos() / 1e6,
                figures.pauses().stream().map(pause -> pause.toNanos() / 1e6).toList(),
                figures.time().toNanos() / 1e9);
    }

    /** Stops what still runs and removes the folder, however far the story came. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
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
                        + " from an old schema to a new one while its application writes, and"
                        + " removes everything "
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
                    open.push(started::close);
                    servers = started;
                    Project made =
                            Project.create(
                                    started.sourceUrl(),
                                    started.sourceAdminUrl(),
                                    started.targetUrl());
                    project = made;
                    if (options.keep()) {
                        made.writePasswords(started.passwords());
                    } else {
                        open.addLast(made::delete);
                    }
                });
    }

    private Optional<Failure> fill() {
        String what = Figures.count(options.rows(), "row") + " in three related tables";
        remark("fill the old shop: " + what);
        return measure("fill", what, () -> present(servers).fill(options.rows()));
    }

    private Optional<Failure> startWriters() {
        remark("the shop opens: from now on its application writes, 300 times a second");
        return measure(
                "open the shop",
                "the application begins to write",
                () -> {
                    ShopWriters started = present(servers).startWriters();
                    open.push(started::close);
                    writers = started;
                });
    }

    private Optional<Failure> writeToTheNewShop() {
        remark("the application has found the new shop, and the old one is kept in step");
        return measure(
                "go on", "the application writes to the new server", () -> stop.await(A_WHILE));
    }

    private Optional<Failure> changeOfMind() {
        remark("suppose that the new shop does not sell: back, with all that it has sold");
        return Optional.empty();
    }

    private Optional<Failure> writeToTheOldShop() {
        remark("the application is back in the old shop, and the new one is kept in step");
        return measure(
                "go on", "the application writes to the old server", () -> stop.await(A_WHILE));
    }

    private Optional<Failure> stopWriters() {
        remark("the shop closes");
        return measure("close the shop", "the application ends", () -> present(writers).close());
    }

    private Optional<Failure> grantRights() {
        remark("a superuser of the new server, in the new database");
        present(servers).newRights().forEach(this::say);
        return measure(
                "grant rights", "what each login needs", () -> present(servers).grantRights());
    }

    /** As a service would run; shown when it ends. */
    private Optional<Failure> startFollower() {
        prompt(FOLLOW + " &");
        return measure(
                "follow",
                "keep in step for a while",
                () -> {
                    Follower started = Follower.start(shell, command(FOLLOW));
                    open.push(started::close);
                    follower = started;
                    stop.await(A_WHILE);
                });
    }

    private Optional<Failure> stopFollower() {
        say("\n" + stage.palette().strong("$ kill %1"));
        Follower running = present(follower);
        Optional<Failure> failure = running.end();
        stage.stream().print(running.said());
        return failure;
    }

    private Optional<Failure> type(String what, String line) {
        prompt(line);
        Command command = command(line);
        String name = command.arguments().get(line.startsWith("s2s ") ? 1 : 0);
        return measureCommand(name, what, () -> shell.run(command));
    }

    private Command command(String line) {
        return new Command(
                present(project).folder(),
                present(servers).passwords(),
                List.of(line.split(" ")),
                stop,
                null);
    }

    private Optional<Failure> stopServers() {
        return options.keep()
                ? Optional.empty()
                : measure("stop servers", "both, with their data", this::close);
    }

    private Optional<Failure> measure(String name, String what, Runnable work) {
        return measureCommand(
                name,
                what,
                () -> {
                    work.run();
                    return Optional.empty();
                });
    }

    private Optional<Failure> measureCommand(
            String name, String what, Supplier<Optional<Failure>> work) {
        long begin = System.nanoTime();
        Optional<Failure> failure = work.get();
        steps.add(new DemoReport.Step(name, what, (System.nanoTime() - begin) / 1e9));
        return failure;
    }

    private void prompt(String line) {
        say("\n" + stage.palette().strong("$ confiture " + line));
    }

    private void remark(String text) {
        say("\n" + stage.palette().strong("# " + text));
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
