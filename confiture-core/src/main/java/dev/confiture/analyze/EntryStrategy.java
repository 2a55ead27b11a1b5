package dev.confiture.analyze;

import dev.confiture.mapping.Strategy;
import java.time.Duration;
import java.util.Optional;

/**
 * How an entry is going to be copied, as the copy's own choice has it.
 *
 * @param reason why, for people
 * @param estimate how long it will take, from a rehearsal; empty if there was none
 */
public record EntryStrategy(Strategy strategy, String reason, Optional<Duration> estimate) {}
