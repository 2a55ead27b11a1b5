package dev.confiture.verify;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server says of some rows, in parts: a row belongs to the part that its own hash names. The
 * hashes are added up, so the order of the rows does not matter and a row that is there twice
 * counts twice.
 */
record Digest(Map<Integer, Part> parts) {
    static final Digest NOTHING = new Digest(Map.of());

    Digest {
        parts = Map.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param rows how many
     * @param left the sum of the first halves of their hashes
     * @param right the sum of the second halves
     */
    record Part(long rows, BigInteger left, BigInteger right) {
        Part plus(Part other) {
            return new Part(
                    Math.addExact(rows, other.rows), left.add(other.left), right.add(other.right));
        }
    }

    /** Of all rows together. */
    static Digest sum(List<Digest> digests) {
        Map<Integer, Part> sums = new HashMap<>();
        digests.forEach(
                digest ->
                        digest.parts.forEach(
                                (number, part) -> sums.merge(number, part, Part::plus)));
        return new Digest(sums);
    }

    long rows() {
        return parts.values().stream().mapToLong(Part::rows).sum();
    }

    /** The parts in which both differ. */
    Set<Integer> differing(Digest other) {
        Set<Integer> differing = new TreeSet<>(parts.keySet());
        differing.addAll(other.parts.keySet());
        differing.removeIf(number -> Objects.equals(parts.get(number), other.parts.get(number)));
        return differing;
    }
}
