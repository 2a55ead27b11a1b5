package dev.confiture.cli.render;

import java.util.regex.Pattern;

/**
 * Takes passwords out of text that repeats what the user typed. The engine's messages hold none in
 * the first place; this is for the command line's own messages and for stack traces.
 */
public final class Redaction {
    /**
     * Up to the last {@code @}, since people forget to encode one that is part of a password. The
     * name of a variable is no password.
     */
    private static final Pattern IN_AUTHORITY =
            Pattern.compile(
                    "(postgres(?:ql)?://[^\\s:/@]*):(?!\\$\\{\\w+}@)[^\\s]*@",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern AS_PARAMETER =
            Pattern.compile(
                    "(\\b(?:ssl)?password\\s*=\\s*)('[^']*'|[^\\s&]+)", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    public static String hidePasswords(String text) {
        String withoutAuthority = IN_AUTHORITY.matcher(text).replaceAll("$1:***@");
        return AS_PARAMETER.matcher(withoutAuthority).replaceAll("$1***");
    }
}
