package dev.confiture.yaml;

import dev.confiture.error.ConfitureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds nodes from the parser's events. It reads events and not the parser's own nodes because
 * those have forgotten aliases, merges and tags by then, and have made booleans of names.
 */
final class YamlReader {
    /** Far more than any of our files needs, far less than the stack holds. */
    private static final int MAX_DEPTH = 20;

    private final YamlPosition start;
    private final Iterator<Event> events;

    YamlReader(YamlPosition start, Iterator<Event> events) {
        this.start = start;
        this.events = events;
    }

    YamlNode document() {
        expect(Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw empty();
        }
        YamlNode root = node(events.next(), YamlDocument.ROOT, 0);
        if (root instanceof YamlText text && text.absent()) {
            throw empty();
        }
        expect(Event.ID.DocumentEnd);
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw position(last)
                    .failure("a second document begins here", "Write everything in one document.");
        }
        return root;
    }

    private YamlNode node(Event event, String path, int depth) {
        YamlPosition position = position(event);
        if (depth > MAX_DEPTH) {
            throw position.failure("nested too deeply", null);
        }
        refuseReferences(event, position);
        return switch (event.getEventId()) {
            case Scalar -> text((ScalarEvent) event, path, position);
            case SequenceStart -> list(path, position, depth);
            case MappingStart -> map(path, position, depth);
            default -> throw new IllegalStateException("unexpected event: " + event.getEventId());
        };
    }

    private static YamlText text(ScalarEvent scalar, String path, YamlPosition position) {
        if (scalar.isPlain() && lines(scalar) > 1) {
            throw position.failure(
                    "a value without quotes goes on in the next line",
                    "Check the indentation, which must be made of blanks; quote the value if it"
                            + " is meant to be that long.");
        }
        boolean absent = scalar.isPlain() && scalar.getValue().isEmpty();
        return new YamlText(position, path, scalar.getValue(), absent);
    }

    private static int lines(ScalarEvent scalar) {
        return scalar.getStartMark().isEmpty() || scalar.getEndMark().isEmpty()
                ? 1
                : 1 + scalar.getEndMark().get().getLine() - scalar.getStartMark().get().getLine();
    }

    private YamlList list(String path, YamlPosition position, int depth) {
        List<YamlNode> elements = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            elements.add(node(event, path, depth + 1));
            event = events.next();
        }
        return new YamlList(position, path, elements);
    }

    private YamlMap map(String path, YamlPosition position, int depth) {
        List<YamlMap.Entry> entries = new ArrayList<>();
        Map<String, YamlPosition> seen = new HashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            YamlPosition keyPosition = position(event);
            String key = key(event, keyPosition);
            YamlPosition earlier = seen.putIfAbsent(key, keyPosition);
            if (earlier != null) {
                throw duplicate(key, keyPosition, earlier);
            }
            YamlNode value = node(events.next(), below(path, key), depth + 1);
            entries.add(new YamlMap.Entry(key, keyPosition, atKeyIfAbsent(value, keyPosition)));
            event = events.next();
        }
        return new YamlMap(position, path, entries);
    }

    /** The parser places an absent value where the next token begins, lines below. */
    private static YamlNode atKeyIfAbsent(YamlNode value, YamlPosition key) {
        return value instanceof YamlText text && text.absent()
                ? new YamlText(key, text.path(), text.value(), true)
                : value;
    }

    private static String key(Event event, YamlPosition position) {
        if (event instanceof AliasEvent) {
            throw position.failure(
                    "aliases (*name) are not supported as keys", YamlSyntaxFailure.ASTERISK);
        }
        refuseReferences(event, position);
        if (!(event instanceof ScalarEvent scalar)) {
            throw position.failure("a key must be a single value", null);
        }
        if (scalar.getValue().isEmpty()) {
            throw position.failure("a key is empty", null);
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            throw position.failure(
                    "merge keys (<<) are not supported", "Write the values out where they belong.");
        }
        return scalar.getValue();
    }

    private static String below(String path, String key) {
        String name = key.contains("://") ? YamlMap.shown(key) : key;
        return path.equals(YamlDocument.ROOT) ? name : path + "." + name;
    }

    private static ConfitureException duplicate(
            String key, YamlPosition position, YamlPosition earlier) {
        return position.failure(
                YamlMap.shown(key) + " stands here a second time, first in line " + earlier.line(),
                "Keep one of the two.");
    }

    private static void refuseReferences(Event event, YamlPosition position) {
        if (event instanceof AliasEvent) {
            throw position.failure(
                    "aliases (*name) are not supported",
                    "Write the value out. A name that begins with an asterisk needs quotes.");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw position.failure(
                    "anchors (&name) are not supported",
                    "Write the value out. A value that begins with an ampersand needs quotes.");
        }
        if (tag(event).isPresent()) {
            throw position.failure(
                    "tags (!name) are not supported",
                    "Every value is read as it is written; take the tag away. A value that begins"
                            + " with an exclamation mark needs quotes.");
        }
    }

    private static Optional<String> tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private ConfitureException empty() {
        return start.failure("the file is empty", null);
    }

    private void expect(Event.ID expected) {
        Event event = events.next();
        if (event.getEventId() != expected) {
            throw new IllegalStateException("expected " + expected + ": " + event.getEventId());
        }
    }

    private YamlPosition position(Event event) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new YamlPosition(start.file(), line, start.code());
    }
}
