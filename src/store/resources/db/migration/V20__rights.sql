-- Since when data are here. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does no
-- harm when it is run again.

-- When something of a day last came into a table that does not say so itself; what is there already counts from now on.
CREATE TABLE IF NOT EXISTS day_arrivals (
    kind VARCHAR(32) NOT NULL,
    day DATE NOT NULL,
    arrived_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (kind, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO day_arrivals (kind, day, arrived_at) SELECT DISTINCT 'sample_heads', day, CURRENT_TIMESTAMP(3) FROM sample_heads;

-- When a seal gave way; those that are there already count from now on.
SET @make = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'superseded_seals' AND column_name = 'superseded_at') = 0,
    'ALTER TABLE superseded_seals ADD COLUMN superseded_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)', 'DO 0');
PREPARE make_column FROM @make;
EXECUTE make_column;
DEALLOCATE PREPARE make_column;
