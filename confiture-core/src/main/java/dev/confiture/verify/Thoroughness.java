package dev.confiture.verify;

/**
 * How much of each table is looked at.
 *
 * @param countsOnly numbers of rows alone
 * @param percent of the chunks of tables that can be cut; 100 is everything
 */
public record Thoroughness(boolean countsOnly, int percent) {
    /** Every value of every row. */
    public static final Thoroughness EVERYTHING = new Thoroughness(false, 100);

    /** Whether the chunk of this number, from 0, is compared. */
    boolean takes(long chunk) {
        return (chunk * percent) / 100 != ((chunk + 1) * percent) / 100;
    }

    /** Whether nothing is left out. */
    public boolean isComplete() {
        return !countsOnly && percent == 100;
    }
}
