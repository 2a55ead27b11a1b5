CREATE TABLE changes (
    id bigint PRIMARY KEY, int_to_bigint bigint, int_to_text text, text_to_int integer,
    varchar_to_text text, text_to_varchar varchar(3), text_to_uuid uuid, uuid_to_text text,
    text_to_date date, date_to_text text, bool_to_text text, text_to_bool boolean,
    json_to_text text, text_to_jsonb jsonb, int_to_numeric numeric(12,2), text_to_numeric numeric,
    float_to_numeric numeric, date_to_timestamp timestamp, bytea_to_text text,
    time_to_interval interval, text_to_inet inet, char_to_text text, int_to_bool boolean,
    array_to_text text, text_to_array integer[], moment_to_text text,
    json_to_jsonb jsonb, scale numeric(12,4), local_to_moment timestamptz,
    scalar_to_array text[] NOT NULL);
