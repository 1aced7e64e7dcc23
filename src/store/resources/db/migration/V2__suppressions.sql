-- Viewers who opted out or were erased: HMAC-SHA-256 of the login under a key that is not in the database. No logins.
CREATE TABLE IF NOT EXISTS suppressions (
    mac BINARY(32) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    since TIMESTAMP(3) NULL,
    PRIMARY KEY (mac)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row. The version grows with each change of the list.
CREATE TABLE IF NOT EXISTS suppression_version (
    id INT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO suppression_version (id, version) VALUES (1, 0);
