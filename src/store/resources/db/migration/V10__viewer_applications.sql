-- What of sealed days is in the viewers' documents. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does no harm when it
-- is run again.

-- That content of a seal's `revision` may be in the documents of that partition's viewers: all of it when `whole`. `heads` is the digest of what the
-- samples say besides the logins, `begun_at` when these were read.
CREATE TABLE IF NOT EXISTS viewer_applications (
    day DATE NOT NULL,
    `partition` INT NOT NULL,
    revision INT NOT NULL,
    formulas INT NOT NULL,
    heads CHAR(64) NOT NULL,
    whole BOOLEAN NOT NULL,
    begun_at TIMESTAMP(3) NULL,
    PRIMARY KEY (day, `partition`, revision)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- What the published figures of the `length` days up to `day` follow from.
CREATE TABLE IF NOT EXISTS window_counts (
    day DATE NOT NULL,
    length INT NOT NULL,
    follows CHAR(64) NOT NULL,
    PRIMARY KEY (day, length)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
