-- Where accounts stand: every move on one of the four axes with its cause, grades somebody or the rule proposes, and the fifths
-- of the buyers by which value tiers are given. For MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both
-- the same.

-- +goose Up

-- axis: GRADE, TIER, LIFECYCLE, ACTIVITY. basis: what the new value rests on, as JSON. why: a person's words.
CREATE TABLE `standing_changes` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `axis` VARCHAR(16) NOT NULL,
  `from_value` VARCHAR(16) NOT NULL,
  `to_value` VARCHAR(16) NOT NULL,
  `cause` VARCHAR(16) NOT NULL,
  `basis` TEXT NOT NULL,
  `why` TEXT NOT NULL,
  `day` DATE NOT NULL,
  `made_by` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `standing_changes_account` (`account_id`, `id`),
  CONSTRAINT `standing_changes_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- proposed_by: who proposed it; none: the rule did. evidence: what was on record then, as JSON.
CREATE TABLE `grade_proposals` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `from_grade` INT NOT NULL,
  `to_grade` INT NOT NULL,
  `evidence` TEXT NOT NULL,
  `why` TEXT NOT NULL,
  `proposed_by` BINARY(16),
  `status` VARCHAR(16) NOT NULL,
  `answer` TEXT NOT NULL,
  `answered_by` BINARY(16),
  `answered_at` DATETIME(3),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `grade_proposals_account` (`account_id`, `id`),
  KEY `grade_proposals_status` (`status`, `id`),
  CONSTRAINT `grade_proposals_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `tier_cuts` (
  `day` DATE NOT NULL,
  `months` INT NOT NULL,
  `cuts` TEXT NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`day`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
