-- The feeds of the devices, for SQLite. Its twin for MySQL, MariaDB and TiDB has the same number: keep both the same.
-- Every user has a row of feeds; it is built when a device of theirs first asks.

-- +goose Up

CREATE TABLE `feeds` (
  `user_id` BLOB NOT NULL,
  `seq` INTEGER NOT NULL,
  `built` DATE,
  `floor` INTEGER NOT NULL,
  PRIMARY KEY (`user_id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);

CREATE TABLE `feed_entries` (
  `user_id` BLOB NOT NULL,
  `kind` INTEGER NOT NULL,
  `entity_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `seq` INTEGER NOT NULL,
  `gone` BOOLEAN NOT NULL,
  PRIMARY KEY (`user_id`, `kind`, `entity_id`)
);
CREATE INDEX `feed_entries_user_id_seq` ON `feed_entries` (`user_id`, `seq`);
CREATE INDEX `feed_entries_user_id_account_id` ON `feed_entries` (`user_id`, `account_id`);
CREATE INDEX `feed_entries_kind_entity_id` ON `feed_entries` (`kind`, `entity_id`);

INSERT INTO `feeds` (`user_id`, `seq`, `floor`) SELECT `id`, 0, 0 FROM `users`;

-- Who made the contact that closed an item, and on which day: it counts for them.
ALTER TABLE `plan_items` ADD COLUMN `done_by` BLOB;
ALTER TABLE `plan_items` ADD COLUMN `done_on` DATE;
CREATE INDEX `plan_items_done_by_done_on` ON `plan_items` (`done_by`, `done_on`);

-- A contact closes items at the instant it is written.
UPDATE `plan_items` SET
  `done_by` = (SELECT l.`user_id` FROM `contact_logs` l
    WHERE l.`account_id` = `plan_items`.`account_id` AND l.`created_at` = `plan_items`.`closed_at` ORDER BY l.`id` LIMIT 1),
  `done_on` = (SELECT l.`day` FROM `contact_logs` l
    WHERE l.`account_id` = `plan_items`.`account_id` AND l.`created_at` = `plan_items`.`closed_at` ORDER BY l.`id` LIMIT 1)
WHERE `status` = 'DONE';
