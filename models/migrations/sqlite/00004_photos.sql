-- Photos of contacts. Their bytes are in the blob folder under the key of the account; the row says that they are whole.

-- +goose Up

CREATE TABLE `photos` (
  `id` BLOB NOT NULL,
  `log_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `taken_at` DATETIME NOT NULL,
  `width` INTEGER NOT NULL,
  `height` INTEGER NOT NULL,
  `bytes` INTEGER NOT NULL,
  `sha256` BLOB NOT NULL,
  `type` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`log_id`) REFERENCES `contact_logs` (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `photos_log_id` ON `photos` (`log_id`);
CREATE INDEX `photos_account_id` ON `photos` (`account_id`);
CREATE INDEX `photos_user_id` ON `photos` (`user_id`);
