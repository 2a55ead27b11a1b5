package dev.confiture.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words. */
final class Words {
    private Words() {}

    /** The constant whose text was typed, in whatever case. */
    static <E extends Enum<E>> E parse(E[] constants, String typed) {
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equalsIgnoreCase(typed))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(expectation(constants, typed)));
    }

    private static String expectation(Object[] constants, String typed) {
        String words =
                Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
        return "'" + typed + "' is none of " + words;
    }
}
