-- Since when what viewers' documents hold of a day is here. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does
-- no harm when it is run again, or when another file has made the same table.

-- When something of a day last came into a table that does not say so itself.
CREATE TABLE IF NOT EXISTS day_arrivals (
    kind VARCHAR(32) NOT NULL,
    day DATE NOT NULL,
    arrived_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (kind, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Of days that are not kept by viewer any more; when they were first taken in is forgotten, so they count from when their viewer-days went.
INSERT IGNORE INTO day_arrivals (kind, day, arrived_at) SELECT 'viewers', day, arrived_at FROM day_arrivals WHERE kind = 'aged';
