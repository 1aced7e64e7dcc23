-- Hours and days of tracked streamers, rolled up from `sample_heads`, for pages. As in every file here: only SQL that MySQL 8 and MariaDB
-- both parse, and that does no harm when it is run again.

-- Streamers' days of which heads came that are not rolled up yet.
CREATE TABLE IF NOT EXISTS tracked_due (
    day DATE NOT NULL,
    streamer VARCHAR(25) NOT NULL,
    PRIMARY KEY (day, streamer)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- A sample speaks for the time until the next one of its stream, ten minutes at most, and counts in the hour and category in which it was
-- taken. `airtime`: minutes that samples speak for; `measured`, `viewer_minutes`: of those that say how many were watching, minutes
-- and viewers x minutes; `counted`, `chatter_minutes`: the same of how many were seen in the chat; `compared`, `anonymous_minutes`: of
-- those that say both, minutes and (viewers not seen in the chat) x minutes. `language`: that of the last sample.
CREATE TABLE IF NOT EXISTS tracked_hours (
    hour DATETIME NOT NULL,
    streamer VARCHAR(25) NOT NULL,
    category VARCHAR(200) NOT NULL,
    language VARCHAR(20) NOT NULL,
    samples INT NOT NULL,
    gaps INT NOT NULL,
    partials INT NOT NULL,
    airtime INT NOT NULL,
    measured INT NOT NULL,
    viewer_minutes BIGINT NOT NULL,
    viewers_peak INT NULL,
    counted INT NOT NULL,
    chatter_minutes BIGINT NOT NULL,
    chatters_peak INT NULL,
    compared INT NOT NULL,
    anonymous_minutes BIGINT NOT NULL,
    PRIMARY KEY (hour, streamer, category),
    KEY tracked_hours_streamer (streamer, hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS tracked_days (
    day DATE NOT NULL,
    streamer VARCHAR(25) NOT NULL,
    category VARCHAR(200) NOT NULL,
    language VARCHAR(20) NOT NULL,
    samples INT NOT NULL,
    gaps INT NOT NULL,
    partials INT NOT NULL,
    airtime INT NOT NULL,
    measured INT NOT NULL,
    viewer_minutes BIGINT NOT NULL,
    viewers_peak INT NULL,
    counted INT NOT NULL,
    chatter_minutes BIGINT NOT NULL,
    chatters_peak INT NULL,
    compared INT NOT NULL,
    anonymous_minutes BIGINT NOT NULL,
    PRIMARY KEY (day, streamer, category),
    KEY tracked_days_streamer (streamer, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- What is there already is rolled up, too.
INSERT IGNORE INTO tracked_due (day, streamer) SELECT DISTINCT day, streamer FROM sample_heads;
