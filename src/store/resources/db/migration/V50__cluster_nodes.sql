-- Which nodes live, by their own words. The address is that of Pekko's remoting; a row stays when its node goes, with its last time.
CREATE TABLE IF NOT EXISTS cluster_nodes (
    address VARCHAR(255) NOT NULL,
    seen_at TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (address)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
