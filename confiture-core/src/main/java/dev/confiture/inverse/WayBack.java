package dev.confiture.inverse;

import java.util.Locale;

/** What becomes of a column of the old schema when the new database is carried back. */
public enum WayBack {
    /**
     * It gets the value that it had, or keeps it where nothing of the new schema feeds it; a value
     * that it cannot hold as it is stops the way back.
     */
    LOSSLESS,
    /** It goes back by a cast that may alter a value, and no SQL can tell which. */
    MAY_ALTER,
    /** Nothing of the new schema feeds it, and rows made there need a value for it. */
    NEEDS_A_DEFAULT,
    /** What the way there altered or computed cannot be had again from the result alone. */
    ENDS_HERE;

    /** For people and for JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
