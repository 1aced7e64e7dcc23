-- Each change of the list of those kept out, so that only who is concerned has to look. `partition` is the viewer partition of the
-- one who came on the list, out of hundreds of thousands of viewers; -1 when one was taken off.
CREATE TABLE IF NOT EXISTS suppression_changes (
    version BIGINT NOT NULL,
    `partition` INT NOT NULL,
    PRIMARY KEY (version)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- The version of the list under which all of a partition was made: its checkpoint and its seals.
CREATE TABLE IF NOT EXISTS suppression_applied (
    `partition` INT NOT NULL,
    version BIGINT NOT NULL,
    applied_at TIMESTAMP(3) NULL,
    PRIMARY KEY (`partition`)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Seals that gave way to a later one which is not published to the end yet: what they say may be in the viewer database and is to
-- be removed from there as far as the later one does not say it too.
CREATE TABLE IF NOT EXISTS superseded_seals (
    day DATE NOT NULL,
    `partition` INT NOT NULL,
    revision INT NOT NULL,
    fence BIGINT NOT NULL,
    published BOOLEAN NOT NULL,
    form LONGBLOB NOT NULL,
    form_pieces INT NOT NULL,
    form_bytes BIGINT NOT NULL,
    PRIMARY KEY (day, `partition`, revision, fence)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which partitions have taken in that a day was dropped, by the id of that.
CREATE TABLE IF NOT EXISTS day_drops (
    day DATE NOT NULL,
    id VARCHAR(100) NOT NULL,
    `partition` INT NOT NULL,
    dropped_at TIMESTAMP(3) NULL,
    PRIMARY KEY (day, id, `partition`)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
