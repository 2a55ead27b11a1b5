package dev.confiture.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port that stays ours while its server is down.
 *
 * <p>A stopped server must find its port free when it starts again. So ports are taken below the
 * range that the system gives to outgoing connections, and each is guarded by a lock file, which
 * other JVMs of the sandbox respect and which the system releases when the JVM dies.
 */
final class PortReservation implements AutoCloseable {

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 31_999;
    private static final int MOST_ATTEMPTS = 1_000;

    private final int port;
    private final FileChannel channel;

    private PortReservation(int port, FileChannel channel) {
        this.port = port;
        this.channel = channel;
    }

    static PortReservation take(Path cache) throws IOException {
        Path folder = Files.createDirectories(cache.resolve("ports"));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            PortReservation reservation = tryTake(folder, port);
            if (reservation != null) {
                return reservation;
            }
        }
        throw new IOException("No free TCP port between " + LOWEST_PORT + " and " + HIGHEST_PORT);
    }

    private static @Nullable PortReservation tryTake(Path folder, int port) throws IOException {
        Path file = folder.resolve(port + ".lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null && isFree(port);
        } catch (OverlappingFileLockException e) {
            taken = false; // by another server of this JVM
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? new PortReservation(port, channel) : null;
    }

    private static boolean isFree(int port) throws IOException {
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address, port));
            } catch (java.net.BindException e) {
                return false;
            }
        }
        return true;
    }

    int port() {
        return port;
    }

    /** The lock file remains: deleting it would let two JVMs lock two files of the same name. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
