package dev.confiture.capture;

import dev.confiture.change.KeyText;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key columns of one row image; the others are passed over without being looked at. */
final class KeyTuple {
    private final @Nullable String[] values;

    /** Large values that were not changed are not sent. */
    private final boolean[] notSent;

    private boolean complete = true;

    private KeyTuple(int size) {
        values = new String[size];
        notSent = new boolean[size];
    }

    static KeyTuple read(MessageBytes bytes, Relation relation) throws CharacterCodingException {
        int columns = bytes.nextShort();
        if (columns != relation.keyPositions().size()) {
            throw new MalformedMessage("a row has " + columns + " columns");
        }
        KeyTuple tuple = new KeyTuple(relation.keySize());
        for (int column = 0; column < columns; column++) {
            tuple.readColumn(bytes, relation.keyPositions().get(column));
        }
        return tuple;
    }

    private void readColumn(MessageBytes bytes, int place) throws CharacterCodingException {
        char kind = bytes.nextLetter();
        switch (kind) {
            case 'n' -> {}
            case 'u' -> {
                if (place != Relation.NO_KEY) {
                    notSent[place] = true;
                    complete = false;
                }
            }
            case 't' -> {
                int length = bytes.nextLength();
                if (place == Relation.NO_KEY) {
                    bytes.skip(length);
                } else {
                    values[place] = bytes.text(length);
                }
            }
            default -> throw new MalformedMessage("a value is of the kind '" + kind + "'");
        }
    }

    /** Takes what this image lacks from the row's older image. */
    void completeFrom(KeyTuple older) {
        complete = true;
        for (int place = 0; place < values.length; place++) {
            if (notSent[place] && !older.notSent[place]) {
                values[place] = older.values[place];
                notSent[place] = false;
            }
            complete &= !notSent[place];
        }
    }

    /** The key as text, or empty if a value of it was not sent. */
    Optional<String> text() {
        return complete ? Optional.of(KeyText.of(Arrays.asList(values))) : Optional.empty();
    }
}
