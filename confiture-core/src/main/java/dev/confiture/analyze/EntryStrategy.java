package dev.confiture.analyze;

import dev.confiture.mapping.Strategy;
import java.time.Duration;
import java.util.Optional;

/**
 * How an entry is going to be copied, as the copy's own choice has it.
 *
 * @param reason why, for people
 * @param estimate from a measured sample; empty if none was taken
 */
public record EntryStrategy(Strategy strategy, String reason, Optional<Duration> estimate) {}
