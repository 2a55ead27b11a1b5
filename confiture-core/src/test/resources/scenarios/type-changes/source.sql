CREATE TABLE changes (
    id integer PRIMARY KEY, int_to_bigint integer, int_to_text integer, text_to_int text,
    varchar_to_text varchar(5), text_to_varchar text, text_to_uuid text, uuid_to_text uuid,
    text_to_date text, date_to_text date, bool_to_text boolean, text_to_bool text,
    json_to_text json, text_to_jsonb text, int_to_numeric integer, text_to_numeric text,
    float_to_numeric float8, date_to_timestamp date, bytea_to_text bytea, time_to_interval time,
    text_to_inet varchar(40), char_to_text char(4), int_to_bool integer, array_to_text integer[],
    text_to_array text, moment_to_text timestamptz,
    json_to_jsonb json, scale numeric(8,2), local_to_moment timestamp, scalar_to_array text);
INSERT INTO changes VALUES
    (1, 2147483647, -5, ' 42 ', 'abcde', 'abc', '00000000-0000-0000-0000-00000000000A',
     '00000000-0000-0000-0000-00000000000B', '2024-02-29', '2024-02-29', true, 'yes',
     '{"a":  1}', '{"a":  1}', 3, '1.50', 0.1, '2024-02-29', '\x00ff', '12:34:56', '10.0.0.1',
     'ab', 1, '{1,NULL}', '{2,3}', '2024-03-10 02:30:00-05',
     '{"b": 1, "a":  2}', 9.90, '2024-07-01 12:00', 'x'),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
