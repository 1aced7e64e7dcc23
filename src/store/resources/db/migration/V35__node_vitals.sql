-- How each node is, by its own words, for the page of the cluster. A row stays when its node goes, with its last time. As in every file here: only
-- SQL that MySQL 8 and MariaDB both parse, and that does no harm when it is run again.
CREATE TABLE IF NOT EXISTS node_vitals (
    address VARCHAR(255) NOT NULL,
    heap_used BIGINT NOT NULL,
    heap_max BIGINT NOT NULL,
    resident BIGINT NULL,
    pollers INT NOT NULL,
    partitions INT NOT NULL,
    names_applied BIGINT NOT NULL,
    said_at TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (address)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
