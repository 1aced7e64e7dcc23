-- Who may begin a cluster: the one whose claim is not older than some seconds. A single row, so that two nodes never may at once.
CREATE TABLE IF NOT EXISTS cluster_beginning (
    id TINYINT NOT NULL,
    address VARCHAR(255) NOT NULL,
    claimed_at TIMESTAMP(3) NOT NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
