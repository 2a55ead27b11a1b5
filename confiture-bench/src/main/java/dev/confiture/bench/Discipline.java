package dev.confiture.bench;

import java.util.List;

/**
 * One thing that is measured.
 *
 * @param title what is done, and on what
 * @param unit of the values, as in the table's head
 * @param references beginnings of the names that all others are held against
 */
public record Discipline(String title, String unit, List<String> references) {
    public Discipline {
        references = List.copyOf(references);
    }
}
