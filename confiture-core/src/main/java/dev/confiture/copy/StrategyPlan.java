package dev.confiture.copy;

import dev.confiture.mapping.Strategy;
import java.time.Duration;
import java.util.Optional;

/**
 * How an entry is going to be copied.
 *
 * @param reason why, for people
 * @param estimate how long it will take one worker, from a measured sample; empty if none was taken
 */
public record StrategyPlan(Strategy strategy, String reason, Optional<Duration> estimate) {}
