CREATE TABLE arrays (
    id integer PRIMARY KEY,
    numbers integer[],
    grid integer[][],
    words text[],
    boxes box[],
    truths boolean[],
    bytes bytea[],
    moments timestamptz[],
    documents jsonb[],
    short varchar(3)[]
);
INSERT INTO arrays VALUES
    (1, '[0:2]={1,2,3}', '[2:3][-1:0]={{1,2},{3,NULL}}', '{NULL,"NULL","","a\"b","{x}","\\"," s ",","}',
     '{(2,2),(1,1);(4,4),(3,3)}', '{t,f,NULL}', ARRAY['\x00ff', NULL]::bytea[],
     '{infinity,"2024-03-10 02:30:00+00"}', ARRAY['{"a": [1]}', 'null', NULL]::jsonb[], '{abc,NULL}'),
    (2, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
