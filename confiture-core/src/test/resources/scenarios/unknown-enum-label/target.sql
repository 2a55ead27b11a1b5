CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE orders (id integer PRIMARY KEY, state state);
