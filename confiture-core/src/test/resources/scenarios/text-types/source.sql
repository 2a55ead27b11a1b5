CREATE TABLE texts (
    id integer PRIMARY KEY, padded char(5), unpadded char(5), letter "char", tag name,
    flags bit(4), more_flags bit varying(8), word varchar(3), host inet, net cidr, card macaddr,
    price money, span interval, spot point, shape polygon, lsn pg_lsn);
INSERT INTO texts VALUES
    (1, 'ab', 'ab', 'x', 'n', '0101', '1', 'abc', '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03',
     '-1234.56', '1 year -2 months +3 days -04:05:06.7', '(1.5,-2)', '((0,0),(1,1),(1,0))', '0/16B3748'),
    (2, '', '', '', '', '0000', '', '', '::1', '::/0', 'ff:ff:ff:ff:ff:ff',
     '92233720368547758.07', '-178000000 years', '(NaN,Infinity)', '((0,0))', '0/0'),
    (3, E'\\ \t', E'\n', '\', E'\\N', '1111', '10101010', E'\\.', '1.2.3.4', '1.2.3.4/32',
     '00:00:00:00:00:00', '0', '0', '(0,-0)', '((1e300,1))', 'FFFFFFFF/FFFFFFFF');
