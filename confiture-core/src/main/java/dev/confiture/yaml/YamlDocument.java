package dev.confiture.yaml;

import dev.confiture.error.ErrorCode;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Reads a file whose outermost value is a map. */
public final class YamlDocument {
    /** The path of the outermost map, for messages. */
    static final String ROOT = "the file";

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private YamlDocument() {}

    /**
     * The file's outermost map.
     *
     * @param file the file's name for messages
     * @param code what mistakes in this file are reported as
     */
    public static YamlMap parse(String text, String file, ErrorCode code) {
        YamlPosition start = new YamlPosition(file, 1, code);
        String withoutByteOrderMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            Iterator<Event> events =
                    new Parse(SETTINGS).parseString(withoutByteOrderMark).iterator();
            return new YamlReader(start, events).document().map();
        } catch (MarkedYamlEngineException failure) {
            throw YamlSyntaxFailure.of(start, withoutByteOrderMark, failure);
        } catch (ReaderException failure) {
            throw YamlSyntaxFailure.of(start, withoutByteOrderMark, failure);
        }
    }
}
