package dev.confiture.hop;

import dev.confiture.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The source finds the entry's keys from the changed ones: it computes them, or follows a join to
 * the driving table. One changed row may lead to any number of rows, so they come through a cursor.
 *
 * @param cursor no other may be open at the same time that has this name
 * @param query makes a query out of a FROM item of the changed keys; it gives the keys to read and
 *     to write by
 */
record FoundKeys(String cursor, UnaryOperator<String> query) implements Way {
    FoundKeys(UnaryOperator<String> query) {
        this("found_keys", query);
    }

    @Override
    public void follow(Session source, List<String> changed, Consumer<Affected> affected) {
        source.execute(
                "DECLARE " + cursor + " NO SCROLL CURSOR FOR " + query.apply(KeyRows.of(changed)));
        for (Affected some = fetch(source); some.size() > 0; some = fetch(source)) {
            affected.accept(some);
        }
        source.execute("CLOSE " + cursor);
    }

    private Affected fetch(Session source) {
        List<String> reading = new ArrayList<>();
        List<String> writing = new ArrayList<>();
        source.select(
                "FETCH " + BATCH + " FROM " + cursor,
                row -> {
                    reading.add(row.text(1));
                    writing.add(row.text(2));
                    return row;
                });
        return new Affected(reading, writing);
    }
}
