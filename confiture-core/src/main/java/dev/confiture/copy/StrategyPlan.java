package dev.confiture.copy;

import dev.confiture.mapping.Strategy;

/**
 * How an entry is going to be copied.
 *
 * @param reason why, for people
 */
public record StrategyPlan(Strategy strategy, String reason) {}
