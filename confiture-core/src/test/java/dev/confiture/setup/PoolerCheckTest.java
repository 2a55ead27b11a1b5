package dev.confiture.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolerCheckTest {
    @Test
    void aSessionThatKeepsItsOwnProcessIsDirect() {
        assertThat(PoolerCheck.shared(11, 12, 11)).isFalse();
    }

    @Test
    void aProcessThatChangesOrServesTwoSessionsBelongsToAPool() {
        assertThat(PoolerCheck.shared(11, 12, 13)).isTrue();
        assertThat(PoolerCheck.shared(11, 11, 11)).isTrue();
    }
}
