package dev.confiture.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A network that fails on demand: a TCP proxy between a client and a server on this machine.
 *
 * <p>At first all bytes pass. Thread-safe. Threads are bounded by {@value #MOST_CONNECTIONS}
 * connections, bytes in flight by one buffer a direction; more connections are reset.
 */
public final class TcpProxy implements AutoCloseable {

    static final int MOST_CONNECTIONS = 256;

    private final String targetHost;
    private final int targetPort;
    private final PortReservation reservation;
    private final ProxyGate gate = new ProxyGate();
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private @Nullable Listener listener;
    private boolean closed;

    private TcpProxy(String targetHost, int targetPort, PortReservation reservation) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        this.reservation = reservation;
    }

    /** A proxy in front of a server, whose restarts it outlives. */
    public static TcpProxy inFrontOf(PostgresServer server) {
        return to(server.host(), server.port());
    }

    public static TcpProxy to(String host, int port) {
        try {
            TcpProxy proxy = new TcpProxy(host, port, PortReservation.take(SandboxFolders.cache()));
            proxy.accept();
            return proxy;
        } catch (IOException e) {
            throw new SandboxException("Cannot open a proxy to " + host + ":" + port, e);
        }
    }

    public String host() {
        return "localhost";
    }

    /** The port to connect to; stays the same while the proxy refuses connections. */
    public int port() {
        return reservation.port();
    }

    /** The database as seen through this proxy. */
    public String dsn(Database database) {
        return database.dsnThrough(host(), port());
    }

    /** How many connections are open now. */
    public int openConnections() {
        return connections.size();
    }

    /** How many connections were accepted so far. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** How many bytes have passed so far, in both directions. */
    public long forwardedBytes() {
        return gate.forwardedBytes();
    }

    /** Resets all connections of now (RST to both ends); new ones are welcome. */
    public void cut() {
        connections.forEach(ProxyConnection::reset);
    }

    /** Cuts all connections as soon as so many more bytes have passed, once. */
    public void cutAfter(long bytes) {
        gate.onceAfter(bytes, this::cut);
    }

    /** A black hole: connections stay open and are accepted, yet no byte arrives any more. */
    public void stall() {
        gate.shut();
    }

    /**
     * Stalls as soon as so many more bytes have passed, once. The connection that they belonged to
     * stays silent for good.
     */
    public void stallAfter(long bytes) {
        gate.onceAfter(bytes, gate::shut);
    }

    /** Ends {@link #stall}: what was held back arrives now. */
    public void resume() {
        gate.open();
    }

    /** New connections are refused, as by a machine without the server; those of now stay. */
    public synchronized void refuse() {
        Listener stopped = listener;
        listener = null;
        if (stopped == null) {
            return;
        }
        try {
            stopped.socket().close();
            // While its thread is still accepting, the system keeps the port open.
            stopped.thread().join();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the proxy's listener", e);
        } catch (InterruptedException e) {
            throw SandboxException.interrupted("closing the proxy's listener", e);
        }
    }

    /** Ends {@link #refuse}: new connections are welcome again, on the same port. */
    public synchronized void accept() {
        if (closed) {
            throw new IllegalStateException("The proxy is closed");
        }
        if (listener != null) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host()), port()));
            Thread thread =
                    Thread.ofVirtual().name("proxy-listener").start(() -> acceptAll(socket));
            listener = new Listener(socket, thread);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen at port " + port(), e);
        }
    }

    /** Resets all connections and gives up the port. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        refuse();
        cut();
        try {
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give up port " + port(), e);
        }
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            Socket client;
            try {
                client = socket.accept();
            } catch (SocketException e) {
                return; // closed by refuse()
            } catch (IOException e) {
                throw new UncheckedIOException("The proxy cannot accept connections", e);
            }
            accepted.incrementAndGet();
            Thread.ofVirtual().name("proxy-connection").start(() -> serve(client));
        }
    }

    private void serve(Socket client) {
        ProxyConnection connection = new ProxyConnection(client, gate);
        connections.add(connection);
        try {
            if (connections.size() > MOST_CONNECTIONS || isClosed()) {
                connection.reset();
            } else {
                connection.run(new InetSocketAddress(targetHost, targetPort));
            }
        } finally {
            connections.remove(connection);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private record Listener(ServerSocket socket, Thread thread) {}
}
