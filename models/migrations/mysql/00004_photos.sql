-- Photos of contacts. Their bytes are in the blob folder under the key of the account; the row says that they are whole.

-- +goose Up

CREATE TABLE `photos` (
  `id` BINARY(16) NOT NULL,
  `log_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `taken_at` DATETIME(3) NOT NULL,
  `width` INT NOT NULL,
  `height` INT NOT NULL,
  `bytes` INT NOT NULL,
  `sha256` VARBINARY(32) NOT NULL,
  `type` VARCHAR(32) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `photos_log_id` (`log_id`),
  KEY `photos_account_id` (`account_id`),
  KEY `photos_user_id` (`user_id`),
  CONSTRAINT `photos_log_id_fk` FOREIGN KEY (`log_id`) REFERENCES `contact_logs` (`id`),
  CONSTRAINT `photos_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `photos_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
