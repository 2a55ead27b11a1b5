SELECT id, exact, scaled, widened, rounded FROM numbers ORDER BY id;
SELECT id, double, single, small, big, single_to_double FROM numbers ORDER BY id;
SELECT md5(string_agg(encode(float8send(double), 'hex') || encode(float4send(single), 'hex'), ',' ORDER BY id)) FROM numbers;
