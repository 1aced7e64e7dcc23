-- The life of days. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does no harm when it is run again.

-- When a partition first took a day into memory.
CREATE TABLE IF NOT EXISTS day_openings (
    day DATE NOT NULL,
    opened_at TIMESTAMP(3) NULL,
    PRIMARY KEY (day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- What has changed of late is looked for every second.
SET @make = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'day_closes' AND index_name = 'day_closes_closed_at') = 0,
    'CREATE INDEX day_closes_closed_at ON day_closes (closed_at)', 'DO 0');
PREPARE make_index FROM @make;
EXECUTE make_index;
DEALLOCATE PREPARE make_index;

SET @make = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = 'partition_seals' AND index_name = 'partition_seals_sealed_at') = 0,
    'CREATE INDEX partition_seals_sealed_at ON partition_seals (sealed_at)', 'DO 0');
PREPARE make_index FROM @make;
EXECUTE make_index;
DEALLOCATE PREPARE make_index;

-- Pekko Persistence's journal of events. Names and order of columns are those of the plugin; its own schema allows 64 KiB for an
-- event, and a sealed day of 1,024 partitions needs more.
CREATE TABLE IF NOT EXISTS event_journal (
    ordering BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    deleted BOOLEAN NOT NULL DEFAULT FALSE,
    persistence_id VARCHAR(255) NOT NULL,
    sequence_number BIGINT NOT NULL,
    writer TEXT NOT NULL,
    write_timestamp BIGINT NOT NULL,
    adapter_manifest TEXT NOT NULL,
    event_payload LONGBLOB NOT NULL,
    event_ser_id INTEGER NOT NULL,
    event_ser_manifest TEXT NOT NULL,
    meta_payload LONGBLOB NULL,
    meta_ser_id INTEGER NULL,
    meta_ser_manifest TEXT NULL,
    PRIMARY KEY (persistence_id, sequence_number),
    UNIQUE KEY event_journal_ordering_idx (ordering)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
