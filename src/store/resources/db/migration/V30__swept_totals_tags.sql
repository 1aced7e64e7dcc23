-- What pages ask over all categories at once, and by tag: rolled up from `streamers` as the tables of V7 are. Hours that were rolled up
-- before this are marked due again; those of which rows are gone stay without.

-- Over all categories. `samples` is how many sweeps the hour has; `channels` is distinct over it.
CREATE TABLE IF NOT EXISTS swept_hours (
    hour DATETIME NOT NULL,
    samples INT NOT NULL,
    channels INT NOT NULL,
    streams_sum BIGINT NOT NULL,
    streams_peak INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak BIGINT NOT NULL,
    PRIMARY KEY (hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Streams of a category that carry a tag: sums over the sweeps of the hour. The average is by the `samples` of `swept_hours`.
CREATE TABLE IF NOT EXISTS tag_hours (
    hour DATETIME NOT NULL,
    category VARCHAR(255) NOT NULL,
    tag VARCHAR(100) NOT NULL,
    streams_sum BIGINT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    PRIMARY KEY (hour, category, tag)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS tag_days (
    day DATE NOT NULL,
    category VARCHAR(255) NOT NULL,
    tag VARCHAR(100) NOT NULL,
    streams_sum BIGINT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    PRIMARY KEY (day, category, tag),
    KEY tag_days_category (category, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO roll_ups_due (kind, hour)
    SELECT DISTINCT kind, CAST(DATE_FORMAT(timestamp, '%Y-%m-%d %H:00:00') AS DATETIME) FROM sweeps
    WHERE kind = 'streamers' AND is_held AND NOT is_closed;
