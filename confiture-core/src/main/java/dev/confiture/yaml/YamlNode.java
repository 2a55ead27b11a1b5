package dev.confiture.yaml;

import dev.confiture.error.ConfitureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value in the file: a map, a list, or a text. What it must be, its reader says. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlText {
    YamlPosition position();

    /** The keys that lead here, for messages, such as {@code users.columns}. */
    String path();

    /** What it is, for messages: {@code a map}. */
    String shape();

    /** This map. A key with nothing after it is an empty map. */
    default YamlMap map() {
        throw wrongShape("a map (name: value)");
    }

    /** The elements of this list. A key with nothing after it is an empty list. */
    default List<YamlNode> elements() {
        throw wrongShape("a list ([a, b])");
    }

    /** This text exactly as it stands in the file, unquoted: {@code no} is "no", not false. */
    default String text() {
        throw wrongShape("a single value");
    }

    /** A failure that names the file, the line and the path, but never the value. */
    default ConfitureException failure(String problem, @Nullable String hint) {
        return position().failure(path() + " " + problem, hint);
    }

    private ConfitureException wrongShape(String expected) {
        return failure("must be " + expected + ", but is " + shape(), null);
    }
}
