package dev.confiture.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One client of a {@link TcpProxy} and its way to the server. */
final class ProxyConnection {

    private static final System.Logger LOGGER = System.getLogger(ProxyConnection.class.getName());
    private static final int BUFFER_BYTES = 1 << 16;

    private final Socket client;
    private final Socket server = new Socket();
    private final ProxyGate gate;
    private volatile boolean isReset;

    ProxyConnection(Socket client, ProxyGate gate) {
        this.client = client;
        this.gate = gate;
    }

    /** Forwards both directions until both have ended. */
    void run(InetSocketAddress target) {
        // Behind a shut gate not even the server's greeting may happen.
        if (!gate.pass(0, () -> isReset)) {
            return;
        }
        try {
            client.setTcpNoDelay(true);
            server.connect(target);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            reset(); // the server is down: the client learns it as a lost connection
            return;
        }
        Thread backward =
                Thread.ofVirtual().name("proxy-backward").start(() -> forward(server, client));
        forward(client, server);
        try {
            backward.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
        close(client);
        close(server);
    }

    /** Ends both sides with RST instead of an orderly end. */
    void reset() {
        isReset = true;
        gate.wake();
        closeWithReset(client);
        closeWithReset(server);
    }

    /** An orderly end of one side is passed on; any failure ends both. */
    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (!gate.pass(read, () -> isReset)) {
                    return;
                }
                output.write(buffer, 0, read);
            }
            if (gate.pass(0, () -> isReset)) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            reset();
        }
    }

    private static void closeWithReset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "The other end was faster", e);
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "The socket is gone already", e);
        }
    }
}
