-- Which partitions have taken in all that a feed had for a day. A day is whole for a feed when all partitions are here.
CREATE TABLE IF NOT EXISTS day_closes (
    day DATE NOT NULL,
    feed VARCHAR(100) NOT NULL,
    `partition` INT NOT NULL,
    revision INT NOT NULL,
    closed_at TIMESTAMP(3) NULL,
    PRIMARY KEY (day, feed, `partition`)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
