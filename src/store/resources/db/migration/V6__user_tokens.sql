-- Accounts of Twitch that have authorized us. `secret` holds both tokens, encrypted with AES-256-GCM under a key that is not in the
-- database. `version` grows with each new pair of tokens. While `claimed_until` is in the future, one node is renewing them.
CREATE TABLE IF NOT EXISTS user_tokens (
    user_id VARCHAR(32) NOT NULL,
    login VARCHAR(25) NOT NULL,
    scopes VARCHAR(2000) NOT NULL,
    secret VARBINARY(4000) NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    version BIGINT NOT NULL,
    claimed_until TIMESTAMP(3) NULL,
    withdrawn BOOLEAN NOT NULL,
    PRIMARY KEY (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;
