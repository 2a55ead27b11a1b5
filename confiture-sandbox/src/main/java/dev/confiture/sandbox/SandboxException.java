package dev.confiture.sandbox;

/** A server of the sandbox could not be prepared, started or stopped; a fault of the test rig. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Keeps the interrupt visible to the caller, who only sees an unchecked exception. */
    static SandboxException interrupted(String during, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SandboxException("Interrupted while " + during, cause);
    }
}
