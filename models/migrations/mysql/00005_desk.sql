-- What desks need: moves of accounts with their handover, reviews, joint visits, dry runs, and what lists and numbers read
-- without a join. For MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both the same.

-- +goose Up

-- How often an account must hear of us, by the rules in force, and until when it is in time; from when on it is neglected.
ALTER TABLE `accounts` ADD COLUMN `contact_every` INT NOT NULL DEFAULT 0;
ALTER TABLE `accounts` ADD COLUMN `in_touch_until` DATE;
ALTER TABLE `accounts` ADD COLUMN `neglected_on` DATE;
CREATE INDEX `accounts_neglected_on` ON `accounts` (`neglected_on`, `rep_id`, `tier`);

-- How long after the contact before it a contact reached the customer, and how long the rules allowed then.
ALTER TABLE `contact_logs` ADD COLUMN `since_last` INT;
ALTER TABLE `contact_logs` ADD COLUMN `due_every` INT NOT NULL DEFAULT 0;

-- The first contact that reached the customer after a case was opened.
ALTER TABLE `cases` ADD COLUMN `contacted_at` DATETIME(3);

-- A cover lets a rep see an account from from_day to to_day, and gives them the contacts from work_from to work_to.
ALTER TABLE `covers` ADD COLUMN `owner_id` BINARY(16);
ALTER TABLE `covers` ADD COLUMN `leave_id` BINARY(16);
ALTER TABLE `covers` ADD COLUMN `work_from` DATE;
ALTER TABLE `covers` ADD COLUMN `work_to` DATE;
ALTER TABLE `covers` ADD COLUMN `command_id` BINARY(16);
ALTER TABLE `covers` ADD COLUMN `ended_at` DATETIME(3);
UPDATE `covers` SET `work_from` = `from_day`, `work_to` = `to_day`,
  `owner_id` = (SELECT a.`rep_id` FROM `accounts` a WHERE a.`id` = `covers`.`account_id`);
CREATE INDEX `covers_leave_id` ON `covers` (`leave_id`);
CREATE INDEX `covers_command_id` ON `covers` (`command_id`);
CREATE INDEX `covers_owner_id_to_day` ON `covers` (`owner_id`, `to_day`);

-- A command that was turned down runs again only when its user tries again.
ALTER TABLE `operations` ADD COLUMN `attempt` INT NOT NULL DEFAULT 0;
ALTER TABLE `operations` ADD COLUMN `field` VARCHAR(255) NOT NULL DEFAULT '';
ALTER TABLE `operations` ADD COLUMN `rule` VARCHAR(255) NOT NULL DEFAULT '';

-- A decision to move accounts to a rep, now or on a day.
CREATE TABLE `moves` (
  `id` BINARY(16) NOT NULL,
  `to_rep_id` BINARY(16) NOT NULL,
  `reason` VARCHAR(1000) NOT NULL,
  `note` TEXT NOT NULL,
  `on_day` DATE NOT NULL,
  `joint` BOOLEAN NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `done_at` DATETIME(3),
  `ended_at` DATETIME(3),
  `ended_by` BINARY(16),
  `end_why` VARCHAR(1000) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `moves_status_on_day` (`status`, `on_day`),
  KEY `moves_to_rep_id_created_at` (`to_rep_id`, `created_at`),
  CONSTRAINT `moves_to_rep_id_fk` FOREIGN KEY (`to_rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- An account in a move, with the brief of the handover, sealed.
CREATE TABLE `moved_accounts` (
  `move_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `from_rep_id` BINARY(16) NOT NULL,
  `to_rep_id` BINARY(16) NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `brief` BLOB,
  `joint_item_id` BINARY(16),
  `at` DATETIME(3),
  `read_at` DATETIME(3),
  `objected_at` DATETIME(3),
  `objection` VARCHAR(1000) NOT NULL,
  PRIMARY KEY (`move_id`, `account_id`),
  KEY `moved_accounts_account_id_at` (`account_id`, `at`),
  KEY `moved_accounts_to_rep_id_status_read_at` (`to_rep_id`, `status`, `read_at`),
  CONSTRAINT `moved_accounts_move_id_fk` FOREIGN KEY (`move_id`) REFERENCES `moves` (`id`),
  CONSTRAINT `moved_accounts_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A contact that a supervisor should look at; open until settled.
CREATE TABLE `reviews` (
  `log_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `day` DATE NOT NULL,
  `open` BOOLEAN NOT NULL,
  `answer` BLOB,
  `answered_at` DATETIME(3),
  `verdict` VARCHAR(16) NOT NULL,
  `why` VARCHAR(1000) NOT NULL,
  `settled_at` DATETIME(3),
  `settled_by` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`log_id`),
  KEY `reviews_open_day` (`open`, `day`),
  KEY `reviews_account_id` (`account_id`),
  KEY `reviews_user_id_open` (`user_id`, `open`),
  CONSTRAINT `reviews_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO `reviews` (`log_id`, `account_id`, `user_id`, `day`, `open`, `verdict`, `why`, `created_at`)
  SELECT `id`, `account_id`, `user_id`, `day`, TRUE, '', '', `created_at` FROM `contact_logs` WHERE `review` <> '';

-- An exception of the inbox put aside until a day, with the reason and the day from which it was wrong then.
CREATE TABLE `snoozes` (
  `kind` VARCHAR(32) NOT NULL,
  `subject_id` BINARY(16) NOT NULL,
  `until_day` DATE NOT NULL,
  `since` DATE NOT NULL,
  `why` VARCHAR(1000) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`kind`, `subject_id`),
  KEY `snoozes_until_day` (`until_day`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- An expert or manager asked for a call or to come along.
CREATE TABLE `joint_requests` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `case_id` BINARY(16),
  `asked_by` BINARY(16) NOT NULL,
  `with_id` BINARY(16) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `day` DATE NOT NULL,
  `at` INT,
  `minutes` INT NOT NULL,
  `note` TEXT NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `answer` VARCHAR(1000) NOT NULL,
  `answered_at` DATETIME(3),
  `item_id` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `joint_requests_with_id_status_day` (`with_id`, `status`, `day`),
  KEY `joint_requests_asked_by_status_day` (`asked_by`, `status`, `day`),
  KEY `joint_requests_account_id` (`account_id`),
  CONSTRAINT `joint_requests_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `joint_requests_with_id_fk` FOREIGN KEY (`with_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a policy would change, reckoned beside the work.
CREATE TABLE `dry_runs` (
  `id` BINARY(16) NOT NULL,
  `from_day` DATE NOT NULL,
  `body` LONGBLOB NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `done` INT NOT NULL,
  `total` INT NOT NULL,
  `result` LONGBLOB,
  `problem` VARCHAR(1000) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `beat_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `dry_runs_created_by` (`created_by`, `created_at`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What the numbers of a month are summed up from, without a row read. The day stands before the kind, other than in SQLite:
-- these engines look into every range before they read it, so few ranges that are grouped take less than many that need not be.
CREATE INDEX `plan_items_open_tally` ON `plan_items` (`rep_id`, `status`, `day`, `kind`, `due_on`, `minutes`, `travel`);
CREATE INDEX `plan_items_done_tally` ON `plan_items` (`done_by`, `done_on`, `kind`, `minutes`, `travel`);
DROP INDEX `plan_items_done_by_done_on` ON `plan_items`;
CREATE INDEX `contact_logs_tally` ON `contact_logs` (`user_id`, `day`, `kind`, `outcome`, `since_last`, `due_every`);
CREATE INDEX `accounts_rep_id_contact_every` ON `accounts` (`rep_id`, `erased_at`, `contact_every`, `in_touch_until`, `neglected_on`, `expected_on`);
CREATE INDEX `accounts_since` ON `accounts` (`since`, `referred_by`);
CREATE INDEX `projections_expected_day` ON `projections` (`expected`, `day`, `account_id`);
CREATE INDEX `purchases_day` ON `purchases` (`day`, `account_id`, `rep_id`, `amount`, `id`);
-- These take the place of narrower ones: what is asked of a contact or an earlier order is in the index.
CREATE INDEX `contact_logs_account_id_started_at_outcome` ON `contact_logs` (`account_id`, `started_at`, `outcome`, `day`);
DROP INDEX `contact_logs_account_id_started_at` ON `contact_logs`;
CREATE INDEX `purchases_account_id_day_id` ON `purchases` (`account_id`, `day`, `id`, `amount`);
DROP INDEX `purchases_account_id_day` ON `purchases`;

-- What is overdue, and the words against the forecast that hold.
CREATE INDEX `plan_items_rep_id_status_due_on` ON `plan_items` (`rep_id`, `status`, `due_on`, `latest_on`);
CREATE INDEX `overrides_ended_at_until_day` ON `overrides` (`ended_at`, `until_day`);
