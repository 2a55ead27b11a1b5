package dev.confiture.setup;

import dev.confiture.postgres.Session;
import java.util.List;

/**
 * One sort of object on the target, with its whole life. Each method may be called at any time and
 * any number of times: create keeps what is there and fits, drop leaves alone what is not ours.
 */
interface FootprintObject {
    List<Step> create(Session target, SourceLink source);

    /** Whether one that Confiture made is there. */
    boolean exists(Session target);

    /** Drops what Confiture made, never anything that depends on it. */
    List<Step> drop(Session target);
}
