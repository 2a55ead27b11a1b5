package dev.confiture.cli.render;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class Figures {
    private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /** For example {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For example {@code 1 row} or {@code 1,234 rows}; the plural is made with an s. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** In powers of 1000, for example {@code 1.2 GB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < BYTE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT, value < 9.995 ? "%.1f %s" : "%.0f %s", value, BYTE_UNITS[unit]);
    }

    /**
     * Two units at most, for example {@code 0.3 s}, {@code 45 s}, {@code 3 m 20 s}, {@code 2 h 5
     * m}.
     */
    public static String duration(double seconds) {
        if (seconds < 0.0995) {
            return Math.round(Math.max(0, seconds) * 1000) + " ms";
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return pair(whole / 60, "m", whole % 60, "s");
        }
        long minutes = Math.round(seconds / 60);
        if (minutes < 48 * 60) {
            return pair(minutes / 60, "h", minutes % 60, "m");
        }
        long hours = Math.round(seconds / 3600);
        return pair(hours / 24, "d", hours % 24, "h");
    }

    public static String duration(Duration duration) {
        return duration(duration.toNanos() / 1e9);
    }

    /** For example {@code 9.5 ms} or {@code 120 ms}. */
    public static String milliseconds(double milliseconds) {
        return String.format(
                Locale.ROOT, milliseconds < 9.95 ? "%.1f ms" : "%.0f ms", milliseconds);
    }

    /** Per second, for example {@code 120,000 rows/s}; empty if no time has passed. */
    public static String rowsPerSecond(long rows, double seconds) {
        return rows <= 0 || seconds <= 0 ? "" : rowsPerSecond(rows / seconds);
    }

    public static String rowsPerSecond(double rowsPerSecond) {
        return count(Math.round(rowsPerSecond)) + " rows/s";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        String first = large + " " + largeUnit;
        return small == 0 ? first : first + " " + small + " " + smallUnit;
    }
}
