package dev.confiture.inverse;

import java.util.regex.Pattern;

/**
 * On the way back the new database is what is read. Messages that were written for the way there
 * call it the source; people know it as the target, or as the new one.
 */
public final class TurnedWords {
    private static final Pattern OBJECT_OF_THE_SOURCE =
            Pattern.compile("\\bsource (?=table|column)");
    private static final Pattern OBJECT_OF_THE_TARGET =
            Pattern.compile("\\btarget (?=table|column)");
    private static final Pattern SOURCE = Pattern.compile("\\bthe source\\b");
    private static final Pattern TARGET = Pattern.compile("\\bthe target\\b");

    private TurnedWords() {}

    /** The message in words that mean the same thing in both directions. */
    public static String of(String message) {
        String objects =
                OBJECT_OF_THE_TARGET
                        .matcher(OBJECT_OF_THE_SOURCE.matcher(message).replaceAll("new "))
                        .replaceAll("old ");
        return TARGET.matcher(SOURCE.matcher(objects).replaceAll("the new database"))
                .replaceAll("the old database");
    }
}
