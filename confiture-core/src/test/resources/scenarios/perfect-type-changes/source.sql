CREATE TYPE old_color AS ENUM ('red', 'green');
CREATE TABLE old_things (
    id integer PRIMARY KEY,
    stock integer NOT NULL,
    label text NOT NULL,
    title varchar(80),
    made_at timestamp NOT NULL,
    status text NOT NULL,
    color old_color,
    details json,
    price numeric(8,2) NOT NULL,
    code char(6) NOT NULL,
    token text NOT NULL,
    due text,
    phone text
);
INSERT INTO old_things VALUES
    (1, 2147483647, 'lamp', 'A lamp', '2024-07-01 12:00', 'sold', 'red', '{"w": 60, "h": 5}',
     9.90, 'A1', '6F9619FF-8B86-D011-B42D-00C04FC964FF', '2024-02-29', '+41 1'),
    (2, -1, 'sofa', NULL, '2024-01-01 00:00', 'new', NULL, NULL,
     100000.00, 'B2', '00000000-0000-0000-0000-000000000000', NULL, NULL);
