package dev.confiture.yaml;

import java.util.List;

/**
 * A single value.
 *
 * @param value the text, unquoted
 * @param absent whether nothing at all stands there
 */
public record YamlText(YamlPosition position, String path, String value, boolean absent)
        implements YamlNode {
    @Override
    public String shape() {
        return absent ? "empty" : "a single value";
    }

    @Override
    public YamlMap map() {
        return absent ? new YamlMap(position, path, List.of()) : YamlNode.super.map();
    }

    @Override
    public List<YamlNode> elements() {
        return absent ? List.of() : YamlNode.super.elements();
    }

    @Override
    public String text() {
        return absent ? YamlNode.super.text() : value;
    }
}
