SELECT id, quote_literal(padded), quote_literal(unpadded), octet_length(padded), '[' || letter::text || ']', quote_literal(tag), flags, more_flags, quote_literal(word) FROM texts ORDER BY id;
SELECT id, host, net, card, price::numeric, span, spot, shape, lsn FROM texts ORDER BY id;
