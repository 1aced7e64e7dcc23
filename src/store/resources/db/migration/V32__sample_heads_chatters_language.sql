-- How many logins a sample has, and its stream's language; unknown of those that came before this. One statement, so that nothing is half
-- done when it fails.
ALTER TABLE sample_heads ADD COLUMN language VARCHAR(20) NOT NULL DEFAULT '', ADD COLUMN chatters INT NULL;
