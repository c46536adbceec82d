-- Phones and what was done on them. Its twin for MySQL has the same number: keep both the same.

-- +goose Up

CREATE TABLE `devices` (
  `user_id` BLOB NOT NULL,
  `id` BLOB NOT NULL,
  `name` TEXT NOT NULL,
  `app` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  `seen_at` DATETIME NOT NULL,
  `issued` INTEGER NOT NULL,
  `waiting` TEXT,
  `revoked_at` DATETIME,
  `revoked_by` BLOB,
  `revoked_why` TEXT NOT NULL,
  `wiped_at` DATETIME,
  PRIMARY KEY (`user_id`, `id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);

CREATE TABLE `operations` (
  `id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `device_id` BLOB NOT NULL,
  `counter` INTEGER NOT NULL,
  `name` TEXT NOT NULL,
  `hash` BLOB NOT NULL,
  `status` TEXT NOT NULL,
  `code` TEXT NOT NULL,
  `sequence` INTEGER NOT NULL,
  `review` TEXT NOT NULL,
  `written_at` DATETIME NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `operations_user_id_device_id_counter` ON `operations` (`user_id`, `device_id`, `counter`);
CREATE INDEX `operations_user_id_sequence` ON `operations` (`user_id`, `sequence`);

CREATE TABLE `command_counters` (
  `user_id` BLOB NOT NULL,
  `last` INTEGER NOT NULL,
  PRIMARY KEY (`user_id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);

ALTER TABLE `sessions` ADD COLUMN `device_id` BLOB;
ALTER TABLE `contact_logs` ADD COLUMN `took` TEXT;
