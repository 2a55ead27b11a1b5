package dev.confiture.yaml;

import dev.confiture.error.ConfitureException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keys and their values, in the order of the file; every key occurs once. */
public record YamlMap(YamlPosition position, String path, List<Entry> entries) implements YamlNode {
    /**
     * One {@code key: value}.
     *
     * @param position the key's, which may be above that of the value
     */
    public record Entry(String key, YamlPosition position, YamlNode value) {}

    public YamlMap {
        entries = List.copyOf(entries);
    }

    public Optional<YamlNode> value(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    /** The text under the key, or nothing if the key is not there. */
    public Optional<String> text(String key) {
        return value(key).map(YamlNode::text);
    }

    /** Refuses every key but these, and names the one that was probably meant. */
    public void allowOnly(Collection<String> keys) {
        for (Entry entry : entries) {
            if (!keys.contains(entry.key())) {
                throw unknown(entry, keys);
            }
        }
    }

    private ConfitureException unknown(Entry entry, Collection<String> keys) {
        String where = path.equals(YamlDocument.ROOT) ? "" : path + ": ";
        return entry.position()
                .failure(
                        where
                                + "unknown option "
                                + shown(entry.key())
                                + NearestName.question(entry.key(), keys),
                        "Known options: " + String.join(", ", keys) + ".");
    }

    @Override
    public String shape() {
        return "a map";
    }

    @Override
    public YamlMap map() {
        return this;
    }

    /** A key for a message. A DSN that slipped into a key's place may hold a password. */
    static String shown(String key) {
        int scheme = key.indexOf("://");
        return '"' + (scheme < 0 ? key : key.substring(0, scheme) + "://…") + '"';
    }
}
