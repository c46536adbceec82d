-- The feeds of the devices, for MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both the same.
-- Every user has a row of feeds; it is built when a device of theirs first asks.

-- +goose Up

CREATE TABLE `feeds` (
  `user_id` BINARY(16) NOT NULL,
  `seq` BIGINT NOT NULL,
  `built` DATE,
  `floor` BIGINT NOT NULL,
  PRIMARY KEY (`user_id`),
  CONSTRAINT `feeds_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `feed_entries` (
  `user_id` BINARY(16) NOT NULL,
  `kind` INT NOT NULL,
  `entity_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `seq` BIGINT NOT NULL,
  `gone` BOOLEAN NOT NULL,
  PRIMARY KEY (`user_id`, `kind`, `entity_id`),
  KEY `feed_entries_user_id_seq` (`user_id`, `seq`),
  KEY `feed_entries_user_id_account_id` (`user_id`, `account_id`),
  KEY `feed_entries_kind_entity_id` (`kind`, `entity_id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO `feeds` (`user_id`, `seq`, `floor`) SELECT `id`, 0, 0 FROM `users`;

-- Who made the contact that closed an item, and on which day: it counts for them.
ALTER TABLE `plan_items` ADD COLUMN `done_by` BINARY(16);
ALTER TABLE `plan_items` ADD COLUMN `done_on` DATE;
CREATE INDEX `plan_items_done_by_done_on` ON `plan_items` (`done_by`, `done_on`);

-- A contact closes items at the instant it is written.
UPDATE `plan_items` SET
  `done_by` = (SELECT l.`user_id` FROM `contact_logs` l
    WHERE l.`account_id` = `plan_items`.`account_id` AND l.`created_at` = `plan_items`.`closed_at` ORDER BY l.`id` LIMIT 1),
  `done_on` = (SELECT l.`day` FROM `contact_logs` l
    WHERE l.`account_id` = `plan_items`.`account_id` AND l.`created_at` = `plan_items`.`closed_at` ORDER BY l.`id` LIMIT 1)
WHERE `status` = 'DONE';
