-- Phones and what was done on them. Its twin for SQLite has the same number: keep both the same.

-- +goose Up

CREATE TABLE `devices` (
  `user_id` BINARY(16) NOT NULL,
  `id` BINARY(16) NOT NULL,
  `name` VARCHAR(255) NOT NULL,
  `app` VARCHAR(100) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `seen_at` DATETIME(3) NOT NULL,
  `issued` INT NOT NULL,
  `waiting` TEXT,
  `revoked_at` DATETIME(3),
  `revoked_by` BINARY(16),
  `revoked_why` VARCHAR(1000) NOT NULL,
  `wiped_at` DATETIME(3),
  PRIMARY KEY (`user_id`, `id`),
  CONSTRAINT `devices_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `operations` (
  `id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `device_id` BINARY(16) NOT NULL,
  `counter` INT NOT NULL,
  `name` VARCHAR(64) NOT NULL,
  `hash` VARBINARY(64) NOT NULL,
  `status` VARCHAR(32) NOT NULL,
  `code` VARCHAR(32) NOT NULL,
  `sequence` BIGINT NOT NULL,
  `review` VARCHAR(255) NOT NULL,
  `written_at` DATETIME(3) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `operations_user_id_device_id_counter` (`user_id`, `device_id`, `counter`),
  KEY `operations_user_id_sequence` (`user_id`, `sequence`),
  CONSTRAINT `operations_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `command_counters` (
  `user_id` BINARY(16) NOT NULL,
  `last` BIGINT NOT NULL,
  PRIMARY KEY (`user_id`),
  CONSTRAINT `command_counters_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

ALTER TABLE `sessions` ADD COLUMN `device_id` BINARY(16);
ALTER TABLE `contact_logs` ADD COLUMN `took` TEXT;
