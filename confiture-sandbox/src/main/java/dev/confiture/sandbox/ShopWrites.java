package dev.confiture.sandbox;

import java.util.List;

/**
 * What the application of a {@link JamShop} writes, in the words of either schema. Each statement
 * is a transaction; rows are chosen by chance, no two can deadlock.
 */
final class ShopWrites {
    static final List<String> OLD =
            List.of(
                    """
                    INSERT INTO old_orders (user_id, amount_cents, status, note)
                    SELECT id, (100 + random() * 20000)::integer, 'placed', 'Ring twice'
                    FROM old_users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM old_users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    UPDATE old_orders SET status = 'paid'
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_orders)
                    """,
                    """
                    UPDATE old_users SET login_count = login_count + 1
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_users)
                    """,
                    """
                    UPDATE old_users SET bio = 'Likes jam number ' || (random() * 97)::integer,
                        full_name = initcap(reverse(full_name))
                    WHERE id = (SELECT (random() * max(id))::integer FROM old_users)
                    """,
                    """
                    INSERT INTO old_counter_sales (user_id, amount_cents, status)
                    SELECT id, (100 + random() * 4000)::integer, 'paid'
                    FROM old_users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM old_users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    DELETE FROM old_orders
                    WHERE status = 'returned'
                        AND id = (SELECT (random() * max(id))::integer FROM old_orders)
                    """,
                    """
                    WITH newcomer AS (
                        INSERT INTO old_users (email, full_name)
                        VALUES ('new@example.com', 'New Comer') RETURNING id)
                    INSERT INTO old_orders (user_id, amount_cents, status)
                    SELECT id, 990, 'placed' FROM newcomer
                    """);

    static final List<String> NEW =
            List.of(
                    """
                    INSERT INTO orders (channel, user_id, total, status, note)
                    SELECT 'online', id, (100 + random() * 20000)::integer / 100.0, 'placed', 'Now'
                    FROM users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    UPDATE orders SET status = 'paid'
                    WHERE channel = 'online'
                        AND id = (SELECT (random() * max(id))::integer FROM orders
                                  WHERE channel = 'online')
                    """,
                    """
                    UPDATE profiles SET login_count = login_count + 1
                    WHERE user_id = (SELECT (random() * max(id))::integer FROM users)
                    """,
                    """
                    UPDATE users SET display_name = initcap(reverse(display_name))
                    WHERE id = (SELECT (random() * max(id))::integer FROM users)
                    """,
                    """
                    INSERT INTO orders (channel, user_id, total, status)
                    SELECT 'counter', id, (100 + random() * 4000)::integer / 100.0, 'paid'
                    FROM users
                    WHERE id >= (SELECT (random() * max(id))::integer FROM users)
                    ORDER BY id LIMIT 1
                    """,
                    """
                    DELETE FROM orders
                    WHERE channel = 'online' AND status = 'returned'
                        AND id = (SELECT (random() * max(id))::integer FROM orders
                                  WHERE channel = 'online')
                    """,
                    """
                    WITH newcomer AS (
                        INSERT INTO users (email, display_name)
                        VALUES ('new@example.com', 'New Comer') RETURNING id),
                    profile AS (
                        INSERT INTO profiles (user_id, bio) SELECT id, 'Likes jam' FROM newcomer)
                    INSERT INTO orders (channel, user_id, total, status)
                    SELECT 'online', id, 9.90, 'placed' FROM newcomer
                    """);

    private ShopWrites() {}
}
