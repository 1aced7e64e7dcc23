-- Who did what when. As in every file here: only SQL that MySQL 8 and MariaDB both parse, and that does no harm when it is run again, or
-- when another file has made the same table.

-- `who` is an account of this machine or of the pages. A viewer is named in `subject` by a keyed pseudonym, never by the login.
CREATE TABLE IF NOT EXISTS audit (
    id BIGINT NOT NULL AUTO_INCREMENT,
    at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    who VARCHAR(100) NOT NULL,
    action VARCHAR(50) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    detail VARCHAR(1000) NOT NULL,
    PRIMARY KEY (id),
    KEY audit_at (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
