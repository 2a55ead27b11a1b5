SELECT id, code, to_base, quote_literal(padded), truth FROM goods;
