package dev.confiture.capture;

/** A message of the stream is not what the protocol says; the decoder makes an error of it. */
final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedMessage(String what) {
        super(what);
    }
}
