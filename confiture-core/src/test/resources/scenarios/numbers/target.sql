CREATE TABLE numbers (
    id bigint PRIMARY KEY, exact numeric, scaled numeric, widened numeric(12,4),
    rounded numeric(10,2), double float8, single float4, small integer, big numeric,
    single_to_double float8);
