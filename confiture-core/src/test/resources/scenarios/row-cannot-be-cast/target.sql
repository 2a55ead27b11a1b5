CREATE TABLE goods (id uuid PRIMARY KEY, word text, price integer);
