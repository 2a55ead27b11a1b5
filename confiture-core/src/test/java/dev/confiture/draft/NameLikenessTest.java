package dev.confiture.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLikenessTest {
    @ParameterizedTest
    @CsvSource({
        "users, users, the same name",
        "userName, user_name, the same name in another spelling",
        "HTTPServer, http_server, the same name in another spelling",
        "fullname, full_name, the same name in another spelling",
        "old_users, users, 'the same name but for \"old\"'",
        "tbl_user, users, 'the same name but for \"tbl\"'",
        "legacyUsers, new_users, 'the same name but for \"legacy\" and \"new\"'",
        "users_v2, users, 'the same name but for \"v2\"'",
        "companies, company, the same name but for singular and plural",
        "addresses, address, the same name but for singular and plural",
        "full_name, display_name, 'both names hold \"name\"'",
        "mail, email, spelt alike",
        "qty, quantity, one name may abbreviate the other",
    })
    void saysWhatTwoNamesHaveInCommon(String one, String other, String reason) {
        assertThat(NameLikeness.of(one, other).reason()).isEqualTo(reason);
        assertThat(NameLikeness.of(other, one).score())
                .isEqualTo(NameLikeness.of(one, other).score());
    }

    @ParameterizedTest
    @CsvSource({"fax, plan", "name, price", "***, ???", "status, stat_us_x_y"})
    void findsNothingWhereThereIsNothing(String one, String other) {
        assertThat(NameLikeness.of(one, other).score()).isLessThan(0.8);
    }

    @ParameterizedTest
    @CsvSource({
        "old_users, users, old_orders",
        "address1, addr1, address2",
        "created_at, creation_date, id",
        "user_id, customer_user_id, order_id",
    })
    void ranksTheLikelierNameHigher(String name, String likely, String unlikely) {
        assertThat(NameLikeness.of(name, likely).score())
                .isGreaterThan(NameLikeness.of(name, unlikely).score());
    }
}
