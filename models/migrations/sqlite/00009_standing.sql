-- Where accounts stand: every move on one of the four axes with its cause, grades somebody or the rule proposes, and the fifths
-- of the buyers by which value tiers are given. For SQLite. Its twin for MySQL, MariaDB and TiDB has the same number: keep both
-- the same.

-- +goose Up

-- axis: GRADE, TIER, LIFECYCLE, ACTIVITY. basis: what the new value rests on, as JSON. why: a person's words.
CREATE TABLE `standing_changes` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `axis` TEXT NOT NULL,
  `from_value` TEXT NOT NULL,
  `to_value` TEXT NOT NULL,
  `cause` TEXT NOT NULL,
  `basis` TEXT NOT NULL,
  `why` TEXT NOT NULL,
  `day` DATE NOT NULL,
  `made_by` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `standing_changes_account` ON `standing_changes` (`account_id`, `id`);

-- proposed_by: who proposed it; none: the rule did. evidence: what was on record then, as JSON.
CREATE TABLE `grade_proposals` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `from_grade` INTEGER NOT NULL,
  `to_grade` INTEGER NOT NULL,
  `evidence` TEXT NOT NULL,
  `why` TEXT NOT NULL,
  `proposed_by` BLOB,
  `status` TEXT NOT NULL,
  `answer` TEXT NOT NULL,
  `answered_by` BLOB,
  `answered_at` DATETIME,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `grade_proposals_account` ON `grade_proposals` (`account_id`, `id`);
CREATE INDEX `grade_proposals_status` ON `grade_proposals` (`status`, `id`);

CREATE TABLE `tier_cuts` (
  `day` DATE NOT NULL,
  `months` INTEGER NOT NULL,
  `cuts` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`day`)
);
