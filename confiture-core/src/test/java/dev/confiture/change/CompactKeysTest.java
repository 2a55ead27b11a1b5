package dev.confiture.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactKeysTest {
    private final CompactKeys keys = new CompactKeys();

    @Test
    void eachTextIsThereOnceInTheOrderInWhichItCame() {
        assertThat(keys.add("{b}")).isTrue();
        assertThat(keys.add("{a}")).isTrue();
        assertThat(keys.add("{b}")).isFalse();
        assertThat(keys.add("")).isTrue();
        assertThat(keys.add("{é \"\uD83D\uDE00\"}")).isTrue();
        assertThat(keys).containsExactly("{b}", "{a}", "", "{é \"\uD83D\uDE00\"}");
        assertThat(keys.contains("{a}")).isTrue();
        assertThat(keys.contains("{c}")).isFalse();
        assertThat(keys.contains("")).isTrue();
    }

    @Test
    void textsOfTheSameHashAreDifferent() {
        // These two have the same hash in UTF-8 as well.
        assertThat(keys.add("Aa")).isTrue();
        assertThat(keys.add("BB")).isTrue();
        assertThat(keys).containsExactly("Aa", "BB");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsTheSetThatTheLibraryHas(long seed) {
        Random random = new Random(seed);
        Set<String> expected = new LinkedHashSet<>();
        int count = 1 + random.nextInt(50_000);
        for (int time = 0; time < count; time++) {
            String key =
                    "x".repeat(random.nextInt(40)) + random.nextInt(1 + random.nextInt(100_000));
            assertThat(keys.add(key)).isEqualTo(expected.add(key));
        }
        assertThat(keys).hasSize(expected.size()).containsExactlyElementsOf(expected);
        assertThat(expected).allMatch(keys::contains);
    }

    @Test
    void itCanBeUsedAgainAfterAllIsRemoved() {
        for (int key = 0; key < 1000; key++) {
            assertThat(keys.add("key " + key)).isTrue();
        }
        keys.clear();
        assertThat(keys).isEmpty();
        assertThat(keys.contains("key 1")).isFalse();
        assertThat(keys.add("key 1")).isTrue();
        assertThat(keys).containsExactly("key 1");
    }

    @Test
    void nothingComesBehindTheLast() {
        assertThat(keys.add("a")).isTrue();
        Iterator<String> iterator = keys.iterator();
        assertThat(iterator.next()).isEqualTo("a");
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void takesAllOfAnother() {
        CompactKeys one = new CompactKeys();
        one.add("a");
        one.add("ä");
        CompactKeys other = new CompactKeys();
        for (int key = 0; key < 1_000; key++) {
            other.add("key " + key);
        }
        other.add("ä");
        other.add("");
        one.addAll(other);
        one.addAll(other);
        assertThat(one).hasSize(1_003).contains("a", "ä", "", "key 0", "key 999");
        assertThat(one.textBytes()).isEqualTo(1 + 2 + other.textBytes() - 2);
    }

    @Test
    void neighboursCanBeReadTogether() {
        List<String> numbers = new ArrayList<>();
        IntStream.range(0, 20_000).forEach(number -> numbers.add("{" + number + "}"));
        List<String> mixed = new ArrayList<>(numbers);
        Collections.shuffle(mixed, new Random(1));
        mixed.forEach(keys::add);
        assertThat(keys.clustered()).containsExactlyElementsOf(numbers);
    }

    @Test
    void whatHasNoOrderIsReadTogetherAllTheSame() {
        List<String> texts =
                List.of("", "{", "{é}", "{Zoe,1}", "{amy,1}", "{-5}", "x".repeat(100_000));
        texts.forEach(keys::add);
        assertThat(keys.clustered()).containsExactlyInAnyOrderElementsOf(texts);
    }
}
