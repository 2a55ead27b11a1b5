CREATE TABLE left_behind (c text DEFAULT 'new');
