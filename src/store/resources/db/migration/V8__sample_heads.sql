-- What samples say besides the logins, a row for each streamer and slot. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and
-- that does no harm when it is run again.

-- Of several samples of one slot the one with the greatest precedence counts. `source_partition` is the partition of `samples` that
-- it came through, which is the same for all of a streamer.
CREATE TABLE IF NOT EXISTS sample_heads (
    day DATE NOT NULL,
    streamer VARCHAR(25) NOT NULL,
    slot SMALLINT NOT NULL,
    source_partition INT NOT NULL,
    precedence VARBINARY(32) NOT NULL,
    source VARCHAR(100) NOT NULL,
    has_chatters BOOLEAN NOT NULL,
    is_complete BOOLEAN NOT NULL,
    live_viewers INT NULL,
    title VARCHAR(500) NOT NULL,
    category VARCHAR(200) NOT NULL,
    stream_id VARCHAR(50) NOT NULL,
    PRIMARY KEY (day, streamer, slot)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
