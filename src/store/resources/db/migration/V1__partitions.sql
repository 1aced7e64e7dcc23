-- What the owners of viewer partitions keep. Only SQL that MySQL 8 and MariaDB both parse, and that does no harm
-- when it is run again: a table is made at once, but a file is noted as done only at its end, which a kill may come before.

-- Facts that were fixed when the data were begun, and that every node must agree on.
CREATE TABLE IF NOT EXISTS cluster_facts (
    name VARCHAR(64) NOT NULL,
    value VARCHAR(255) NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Where each partition starts again. `fence` grows with each owner; only the owner with the greatest one may write.
-- `state` is compressed; when it takes several pieces, it holds the first, and `pieces` the others.
CREATE TABLE IF NOT EXISTS partition_checkpoints (
    `partition` INT NOT NULL,
    fence BIGINT NOT NULL,
    next_offset BIGINT NOT NULL,
    topic_id VARCHAR(36) NOT NULL,
    state LONGBLOB NULL,
    state_pieces INT NOT NULL,
    state_bytes BIGINT NOT NULL,
    written_at TIMESTAMP(3) NULL,
    PRIMARY KEY (`partition`)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- What each partition has sealed. `form` is compressed, and in pieces, as `state` above.
CREATE TABLE IF NOT EXISTS partition_seals (
    day DATE NOT NULL,
    `partition` INT NOT NULL,
    revision INT NOT NULL,
    fence BIGINT NOT NULL,
    digest CHAR(64) NOT NULL,
    viewers BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    sightings BIGINT NOT NULL,
    published BOOLEAN NOT NULL,
    sealed_at TIMESTAMP(3) NULL,
    form LONGBLOB NOT NULL,
    form_pieces INT NOT NULL,
    form_bytes BIGINT NOT NULL,
    PRIMARY KEY (day, `partition`)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- The second and further pieces of what is larger than one statement may be.
CREATE TABLE IF NOT EXISTS pieces (
    owner VARCHAR(64) NOT NULL,
    piece INT NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (owner, piece)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Writes of former owners that were refused.
CREATE TABLE IF NOT EXISTS fenced_writes (
    `partition` INT NOT NULL,
    what VARCHAR(16) NOT NULL,
    attempts BIGINT NOT NULL,
    last_at TIMESTAMP(3) NULL,
    PRIMARY KEY (`partition`, what)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
