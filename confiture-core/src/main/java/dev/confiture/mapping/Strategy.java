package dev.confiture.mapping;

import java.util.Locale;

/** How the initial copy of an entry reads the source. */
public enum Strategy {
    /** {@code COPY … TO STDOUT} on the source, streamed into {@code COPY … FROM STDIN}. */
    COPY,
    /** {@code INSERT … SELECT} from the foreign table, run by the target server. */
    FDW;

    /** The name as in the mapping file and in messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
