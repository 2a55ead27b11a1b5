/**
 * Strict reading of the YAML files that people write: every key and value stays the text that
 * stands in the file, everything has a line, and whatever is unclear is refused in plain words.
 * Uses {@code error} only. Start at {@link dev.confiture.yaml.YamlDocument}.
 */
@NullMarked
package dev.confiture.yaml;

import org.jspecify.annotations.NullMarked;
