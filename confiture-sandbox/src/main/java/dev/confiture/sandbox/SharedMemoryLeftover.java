package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The small System V segment by which a data directory is known to be in use.
 *
 * <p>A server removes it when it ends in order, or finds that of its killed predecessor when it
 * starts. A killed server that never starts again would leave it in the system until the next boot,
 * where there may be 4096 of them.
 */
final class SharedMemoryLeftover {

    private static final System.Logger LOGGER =
            System.getLogger(SharedMemoryLeftover.class.getName());
    private static final int LINE_OF_SEGMENT = 6;

    private SharedMemoryLeftover() {}

    /** To be called when no process of the server is left. */
    static void remove(Path dataDirectory) throws IOException {
        Path lockFile = dataDirectory.resolve("postmaster.pid");
        if (Files.notExists(lockFile)) {
            return; // ended in order, or never started
        }
        List<String> lines = Files.readAllLines(lockFile);
        if (lines.size() > LINE_OF_SEGMENT) {
            String[] keyAndId = lines.get(LINE_OF_SEGMENT).strip().split(" +", -1);
            removeSegment(keyAndId[keyAndId.length - 1]);
        }
    }

    private static void removeSegment(String id) {
        try {
            Process process =
                    new ProcessBuilder("ipcrm", "-m", id)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                LOGGER.log(System.Logger.Level.DEBUG, "The segment {0} stays", id);
            }
        } catch (IOException e) {
            // A few bytes of the system are no reason to fail a test.
            LOGGER.log(System.Logger.Level.DEBUG, "No ipcrm on this machine", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("removing a shared memory segment", e);
        }
    }
}
