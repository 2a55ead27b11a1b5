package dev.confiture.yaml;

import java.util.List;

/** A list of values. */
public record YamlList(YamlPosition position, String path, List<YamlNode> elements)
        implements YamlNode {
    public YamlList {
        elements = List.copyOf(elements);
    }

    @Override
    public String shape() {
        return "a list";
    }
}
