package dev.confiture.draft;

/**
 * How much two things are alike.
 *
 * @param score from 0 (nothing in common) to 1 (the same)
 * @param reason why, for people; empty if nothing speaks for it
 */
record Likeness(double score, String reason) {
    static final Likeness NONE = new Likeness(0, "");

    Likeness or(Likeness other) {
        return other.score > score ? other : this;
    }

    Likeness times(double factor) {
        return new Likeness(score * factor, reason);
    }
}
