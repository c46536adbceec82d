-- What desks need: moves of accounts with their handover, reviews, joint visits, dry runs, and what lists and numbers read
-- without a join. For SQLite. Its twin for MySQL, MariaDB and TiDB has the same number: keep both the same.

-- +goose Up

-- How often an account must hear of us, by the rules in force, and until when it is in time; from when on it is neglected.
ALTER TABLE `accounts` ADD COLUMN `contact_every` INTEGER NOT NULL DEFAULT 0;
ALTER TABLE `accounts` ADD COLUMN `in_touch_until` DATE;
ALTER TABLE `accounts` ADD COLUMN `neglected_on` DATE;
CREATE INDEX `accounts_neglected_on` ON `accounts` (`neglected_on`, `rep_id`, `tier`);

-- How long after the contact before it a contact reached the customer, and how long the rules allowed then.
ALTER TABLE `contact_logs` ADD COLUMN `since_last` INTEGER;
ALTER TABLE `contact_logs` ADD COLUMN `due_every` INTEGER NOT NULL DEFAULT 0;

-- The first contact that reached the customer after a case was opened.
ALTER TABLE `cases` ADD COLUMN `contacted_at` DATETIME;

-- A cover lets a rep see an account from from_day to to_day, and gives them the contacts from work_from to work_to.
ALTER TABLE `covers` ADD COLUMN `owner_id` BLOB;
ALTER TABLE `covers` ADD COLUMN `leave_id` BLOB;
ALTER TABLE `covers` ADD COLUMN `work_from` DATE;
ALTER TABLE `covers` ADD COLUMN `work_to` DATE;
ALTER TABLE `covers` ADD COLUMN `command_id` BLOB;
ALTER TABLE `covers` ADD COLUMN `ended_at` DATETIME;
UPDATE `covers` SET `work_from` = `from_day`, `work_to` = `to_day`,
  `owner_id` = (SELECT a.`rep_id` FROM `accounts` a WHERE a.`id` = `covers`.`account_id`);
CREATE INDEX `covers_leave_id` ON `covers` (`leave_id`);
CREATE INDEX `covers_command_id` ON `covers` (`command_id`);
CREATE INDEX `covers_owner_id_to_day` ON `covers` (`owner_id`, `to_day`);

-- A command that was turned down runs again only when its user tries again.
ALTER TABLE `operations` ADD COLUMN `attempt` INTEGER NOT NULL DEFAULT 0;
ALTER TABLE `operations` ADD COLUMN `field` TEXT NOT NULL DEFAULT '';
ALTER TABLE `operations` ADD COLUMN `rule` TEXT NOT NULL DEFAULT '';

-- A decision to move accounts to a rep, now or on a day.
CREATE TABLE `moves` (
  `id` BLOB NOT NULL,
  `to_rep_id` BLOB NOT NULL,
  `reason` TEXT NOT NULL,
  `note` TEXT NOT NULL,
  `on_day` DATE NOT NULL,
  `joint` BOOLEAN NOT NULL,
  `status` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  `done_at` DATETIME,
  `ended_at` DATETIME,
  `ended_by` BLOB,
  `end_why` TEXT NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`to_rep_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `moves_status_on_day` ON `moves` (`status`, `on_day`);
CREATE INDEX `moves_to_rep_id_created_at` ON `moves` (`to_rep_id`, `created_at`);

-- An account in a move, with the brief of the handover, sealed.
CREATE TABLE `moved_accounts` (
  `move_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `from_rep_id` BLOB NOT NULL,
  `to_rep_id` BLOB NOT NULL,
  `status` TEXT NOT NULL,
  `brief` BLOB,
  `joint_item_id` BLOB,
  `at` DATETIME,
  `read_at` DATETIME,
  `objected_at` DATETIME,
  `objection` TEXT NOT NULL,
  PRIMARY KEY (`move_id`, `account_id`),
  FOREIGN KEY (`move_id`) REFERENCES `moves` (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `moved_accounts_account_id_at` ON `moved_accounts` (`account_id`, `at`);
CREATE INDEX `moved_accounts_to_rep_id_status_read_at` ON `moved_accounts` (`to_rep_id`, `status`, `read_at`);

-- A contact that a supervisor should look at; open until settled.
CREATE TABLE `reviews` (
  `log_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `day` DATE NOT NULL,
  `open` BOOLEAN NOT NULL,
  `answer` BLOB,
  `answered_at` DATETIME,
  `verdict` TEXT NOT NULL,
  `why` TEXT NOT NULL,
  `settled_at` DATETIME,
  `settled_by` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`log_id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `reviews_open_day` ON `reviews` (`open`, `day`);
CREATE INDEX `reviews_account_id` ON `reviews` (`account_id`);
CREATE INDEX `reviews_user_id_open` ON `reviews` (`user_id`, `open`);

INSERT INTO `reviews` (`log_id`, `account_id`, `user_id`, `day`, `open`, `verdict`, `why`, `created_at`)
  SELECT `id`, `account_id`, `user_id`, `day`, TRUE, '', '', `created_at` FROM `contact_logs` WHERE `review` <> '';

-- An exception of the inbox put aside until a day, with the reason and the day from which it was wrong then.
CREATE TABLE `snoozes` (
  `kind` TEXT NOT NULL,
  `subject_id` BLOB NOT NULL,
  `until_day` DATE NOT NULL,
  `since` DATE NOT NULL,
  `why` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`kind`, `subject_id`)
);
CREATE INDEX `snoozes_until_day` ON `snoozes` (`until_day`);

-- An expert or manager asked for a call or to come along.
CREATE TABLE `joint_requests` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `case_id` BLOB,
  `asked_by` BLOB NOT NULL,
  `with_id` BLOB NOT NULL,
  `kind` TEXT NOT NULL,
  `day` DATE NOT NULL,
  `at` INTEGER,
  `minutes` INTEGER NOT NULL,
  `note` TEXT NOT NULL,
  `status` TEXT NOT NULL,
  `answer` TEXT NOT NULL,
  `answered_at` DATETIME,
  `item_id` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`with_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `joint_requests_with_id_status_day` ON `joint_requests` (`with_id`, `status`, `day`);
CREATE INDEX `joint_requests_asked_by_status_day` ON `joint_requests` (`asked_by`, `status`, `day`);
CREATE INDEX `joint_requests_account_id` ON `joint_requests` (`account_id`);

-- What a policy would change, reckoned beside the work.
CREATE TABLE `dry_runs` (
  `id` BLOB NOT NULL,
  `from_day` DATE NOT NULL,
  `body` BLOB NOT NULL,
  `status` TEXT NOT NULL,
  `done` INTEGER NOT NULL,
  `total` INTEGER NOT NULL,
  `result` BLOB,
  `problem` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  `beat_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`)
);
CREATE INDEX `dry_runs_created_by` ON `dry_runs` (`created_by`, `created_at`);

-- What the numbers of a month are summed up from, without a row read: the kind stands before the day, so that the sums of a
-- user and a kind come out of one range.
CREATE INDEX `plan_items_open_tally` ON `plan_items` (`rep_id`, `status`, `kind`, `day`, `due_on`, `minutes`, `travel`);
CREATE INDEX `plan_items_done_tally` ON `plan_items` (`done_by`, `kind`, `done_on`, `minutes`, `travel`);
DROP INDEX `plan_items_done_by_done_on`;
CREATE INDEX `contact_logs_tally` ON `contact_logs` (`user_id`, `kind`, `day`, `outcome`, `since_last`, `due_every`);
CREATE INDEX `accounts_rep_id_contact_every` ON `accounts` (`rep_id`, `erased_at`, `contact_every`, `in_touch_until`, `neglected_on`, `expected_on`);
CREATE INDEX `accounts_since` ON `accounts` (`since`, `referred_by`);
CREATE INDEX `projections_expected_day` ON `projections` (`expected`, `day`, `account_id`);
CREATE INDEX `purchases_day` ON `purchases` (`day`, `account_id`, `rep_id`, `amount`, `id`);
-- These take the place of narrower ones: what is asked of a contact or an earlier order is in the index.
CREATE INDEX `contact_logs_account_id_started_at_outcome` ON `contact_logs` (`account_id`, `started_at`, `outcome`, `day`);
DROP INDEX `contact_logs_account_id_started_at`;
CREATE INDEX `purchases_account_id_day_id` ON `purchases` (`account_id`, `day`, `id`, `amount`);
DROP INDEX `purchases_account_id_day`;

-- What is overdue, and the words against the forecast that hold.
CREATE INDEX `plan_items_rep_id_status_due_on` ON `plan_items` (`rep_id`, `status`, `due_on`, `latest_on`);
CREATE INDEX `overrides_ended_at_until_day` ON `overrides` (`ended_at`, `until_day`);
