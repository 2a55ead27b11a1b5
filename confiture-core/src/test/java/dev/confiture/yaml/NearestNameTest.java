package dev.confiture.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("id", "full_name", "email", "Created_At", "created_on", "e_mail_old");

    @ParameterizedTest
    @CsvSource({
        "fullname, full_name",
        "fullName, full_name",
        "full_nmae, full_name",
        "FULL_NAME, full_name",
        "emial, email",
        "created_at, Created_At",
        "ID, id"
    })
    void suggestsTheNameThatWasMeant(String wanted, String expected) {
        assertThat(NearestName.of(wanted, NAMES)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"phone", "ix", "x", "address", "no"})
    void suggestsNothingThatIsFarOff(String wanted) {
        assertThat(NearestName.of(wanted, NAMES)).isEmpty();
    }

    @Test
    void prefersTheSameCase() {
        assertThat(NearestName.of("Name", List.of("NAMES", "Names"))).contains("Names");
    }

    @Test
    void doesNotSuggestTheNameItself() {
        assertThat(NearestName.of("email", List.of("email"))).isEmpty();
    }

    @Test
    void asksOnlyIfThereIsSomethingToAsk() {
        assertThat(NearestName.question("emial", NAMES)).isEqualTo("; did you mean \"email\"?");
        assertThat(NearestName.question("phone", NAMES)).isEmpty();
    }
}
