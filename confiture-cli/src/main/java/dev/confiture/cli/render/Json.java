package dev.confiture.cli.render;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON object that a command prints. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private Json() {}

    /**
     * The object as text, with its line end.
     *
     * @param command the command as typed, such as {@code s2s migrate}
     * @param report the fields of the object, or null if the command failed before it had any
     * @param failure null if all is well
     */
    public static String render(
            String command, @Nullable Object report, @Nullable Failure failure) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("command", command);
        object.put("ok", failure == null);
        if (failure != null) {
            ObjectNode error = object.putObject("error");
            error.put("code", failure.code().name());
            error.put("message", failure.message());
            error.put("hint", failure.hint());
        }
        if (report != null) {
            ObjectNode fields = MAPPER.valueToTree(report);
            object.setAll(fields);
        }
        return MAPPER.writeValueAsString(object) + "\n";
    }
}
