-- Categories and streams as they were swept. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does no harm
-- when it is run again.

-- The analytics platform's columns. `timestamp` is when the sweep began (UTC), the same for all its rows. The id is BIGINT: at four
-- million rows a day an INT would be used up within two years.
CREATE TABLE IF NOT EXISTS categories (
    id BIGINT NOT NULL AUTO_INCREMENT,
    timestamp DATETIME NOT NULL,
    category VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    viewers INT NOT NULL,
    tags TEXT NOT NULL,
    image_url TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY categories_timestamp_category (timestamp, category),
    KEY categories_category_timestamp (category, timestamp)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4;

CREATE TABLE IF NOT EXISTS streamers (
    id BIGINT NOT NULL AUTO_INCREMENT,
    timestamp DATETIME NOT NULL,
    category VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    stream_title TEXT NOT NULL,
    channel VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    viewers INT NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY streamers_timestamp_channel (timestamp, channel)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4;

-- Which sweeps there were, for ever; `kind` is the table that has their rows. `arrived_at` is when the last of these came to Kafka.
-- `is_held`: the rows are there. `is_closed`: rows of it were removed once, so its hour cannot be told from rows any more.
CREATE TABLE IF NOT EXISTS sweeps (
    kind VARCHAR(16) NOT NULL,
    timestamp DATETIME NOT NULL,
    arrived_at DATETIME(3) NOT NULL,
    is_held BOOLEAN NOT NULL,
    is_closed BOOLEAN NOT NULL,
    PRIMARY KEY (kind, timestamp),
    KEY sweeps_arrived_at (is_held, arrived_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Hours of which rows came that are not rolled up yet.
CREATE TABLE IF NOT EXISTS roll_ups_due (
    kind VARCHAR(16) NOT NULL,
    hour DATETIME NOT NULL,
    PRIMARY KEY (kind, hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Rolled up from `categories`. `samples` is how many sweeps of the hour have the category; the average is viewers_sum / samples.
CREATE TABLE IF NOT EXISTS category_hours (
    hour DATETIME NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak INT NOT NULL,
    PRIMARY KEY (hour, category),
    KEY category_hours_category (category, hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS category_days (
    day DATE NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak INT NOT NULL,
    PRIMARY KEY (day, category),
    KEY category_days_category (category, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Rolled up from `streamers` per category: sums over the sweeps of the hour, and the greatest that one sweep had.
CREATE TABLE IF NOT EXISTS category_stream_hours (
    hour DATETIME NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    streams_sum BIGINT NOT NULL,
    streams_peak INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak BIGINT NOT NULL,
    PRIMARY KEY (hour, category),
    KEY category_stream_hours_category (category, hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS category_stream_days (
    day DATE NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    streams_sum BIGINT NOT NULL,
    streams_peak INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak BIGINT NOT NULL,
    PRIMARY KEY (day, category),
    KEY category_stream_days_category (category, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- Rolled up from `streamers` per channel and category: airtime is samples x the interval of the sweeps.
CREATE TABLE IF NOT EXISTS channel_hours (
    hour DATETIME NOT NULL,
    channel VARCHAR(255) NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak INT NOT NULL,
    PRIMARY KEY (hour, channel, category),
    KEY channel_hours_channel (channel, hour)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS channel_days (
    day DATE NOT NULL,
    channel VARCHAR(255) NOT NULL,
    category VARCHAR(255) NOT NULL,
    samples INT NOT NULL,
    viewers_sum BIGINT NOT NULL,
    viewers_peak INT NOT NULL,
    PRIMARY KEY (day, channel, category),
    KEY channel_days_channel (channel, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
