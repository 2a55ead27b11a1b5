package dev.confiture.environment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as libpq does it: {@code +} is a plus, a stray percent sign is an error. */
final class PercentCode {
    /** A malformed text. It says what is wrong and never quotes: the text may be a password. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String problem) {
            super(problem);
        }
    }

    private PercentCode() {}

    static String decode(String text) throws Malformed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int done = 0;
        while (done < text.length()) {
            int percent = text.indexOf('%', done);
            int end = percent < 0 ? text.length() : percent;
            bytes.writeBytes(text.substring(done, end).getBytes(StandardCharsets.UTF_8));
            done = end;
            if (percent >= 0) {
                bytes.write(octet(text, percent));
                done = percent + 3;
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int octet(String text, int percent) throws Malformed {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new Malformed(
                    "has a percent sign that is not followed by two hexadecimal digits");
        }
        if (high == 0 && low == 0) {
            throw new Malformed("holds %00, which no name or password can hold");
        }
        return high * 16 + low;
    }

    private static String utf8(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException failure) {
            throw new Malformed("is not UTF-8 once its percent signs are decoded");
        }
    }
}
