-- The first schema, for MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both the same.
-- Keys are 16 bytes; money is hundredths of a yuan; days are DATE; instants are UTC with milliseconds. Text compares by
-- its bytes. A generated column is NULL where a key need not be unique, because no partial index is known everywhere.

-- +goose Up

CREATE TABLE `companies` (
  `id` INT NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `zone` VARCHAR(64) NOT NULL,
  `epoch` BINARY(16) NOT NULL,
  `keys_mark` VARBINARY(32),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `stores` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `city` VARCHAR(120) NOT NULL,
  `address` VARCHAR(255) NOT NULL,
  `lat` DOUBLE,
  `lng` DOUBLE,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stores_number` (`number`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `teams` (
  `id` BINARY(16) NOT NULL,
  `store_id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `teams_number` (`number`),
  KEY `teams_store_id` (`store_id`),
  CONSTRAINT `teams_store_id_fk` FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `users` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `login` VARCHAR(120) NOT NULL,
  `password` VARCHAR(255) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `pinyin` VARCHAR(750) NOT NULL,
  `role` VARCHAR(32) NOT NULL,
  `store_id` BINARY(16),
  `team_id` BINARY(16),
  `phone` BLOB,
  `lang` VARCHAR(8) NOT NULL,
  `hours` TEXT,
  `start_lat` DOUBLE,
  `start_lng` DOUBLE,
  `mode` VARCHAR(32) NOT NULL,
  `epoch` INT NOT NULL,
  `disabled_at` DATETIME(3),
  `created_at` DATETIME(3) NOT NULL,
  `updated_at` DATETIME(3) NOT NULL,
  unique_number VARCHAR(64) GENERATED ALWAYS AS (CASE WHEN `number` <> '' THEN `number` END) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `users_login` (`login`),
  UNIQUE KEY `users_number` (unique_number),
  KEY `users_team_id` (`team_id`),
  KEY `users_store_id_role` (`store_id`, `role`),
  CONSTRAINT `users_store_id_fk` FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`),
  CONSTRAINT `users_team_id_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `sessions` (
  `id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `device` VARCHAR(255) NOT NULL,
  `token_hash` VARBINARY(64) NOT NULL,
  `prev_hash` VARBINARY(64),
  `created_at` DATETIME(3) NOT NULL,
  `rotated_at` DATETIME(3) NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  `revoked_at` DATETIME(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `sessions_token_hash` (`token_hash`),
  KEY `sessions_prev_hash` (`prev_hash`),
  KEY `sessions_user_id` (`user_id`),
  KEY `sessions_expires_at` (`expires_at`),
  CONSTRAINT `sessions_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `leaves` (
  `id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE NOT NULL,
  `reason` VARCHAR(1000) NOT NULL,
  `granted` BOOLEAN NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `leaves_user_id_to_day` (`user_id`, `to_day`),
  CONSTRAINT `leaves_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `holidays` (
  `day` DATE NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `working` BOOLEAN NOT NULL,
  PRIMARY KEY (`day`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `policies` (
  `version` INT NOT NULL,
  `from_day` DATE NOT NULL,
  `body` LONGBLOB NOT NULL,
  `created_by` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`version`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `audits` (
  `id` BINARY(16) NOT NULL,
  `at` DATETIME(3) NOT NULL,
  `user_id` BINARY(16),
  `action` VARCHAR(64) NOT NULL,
  `entity` VARCHAR(64) NOT NULL,
  `entity_id` BINARY(16),
  `account_id` BINARY(16),
  `detail` TEXT,
  PRIMARY KEY (`id`),
  KEY `audits_account_id_at` (`account_id`, `at`),
  KEY `audits_user_id_at` (`user_id`, `at`),
  KEY `audits_entity_id` (`entity_id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `leases` (
  `name` VARCHAR(120) NOT NULL,
  `holder` BINARY(16) NOT NULL,
  `until` DATETIME(3) NOT NULL,
  PRIMARY KEY (`name`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `accounts` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `store_id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `version` INT NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `pinyin` VARCHAR(750) NOT NULL,
  `sex` VARCHAR(16) NOT NULL,
  `birth_year` INT,
  `phone` BLOB,
  `phone_hash` VARBINARY(64),
  `last4_hash` VARBINARY(64),
  `address` BLOB,
  `district` VARCHAR(120) NOT NULL,
  `city` VARCHAR(120) NOT NULL,
  `lat` DOUBLE,
  `lng` DOUBLE,
  `health` BLOB,
  `history` BLOB,
  `allergies` BLOB,
  `frail` BOOLEAN NOT NULL,
  `employer` VARCHAR(255) NOT NULL,
  `job` VARCHAR(120) NOT NULL,
  `budget` BIGINT,
  `wishes` TEXT NOT NULL,
  `manner` TEXT NOT NULL,
  `looks` TEXT NOT NULL,
  `habits` TEXT NOT NULL,
  `hobbies` TEXT,
  `interests` TEXT,
  `brings` TEXT NOT NULL,
  `expected_next_on` DATE,
  `taboos` TEXT NOT NULL,
  `preferred` TEXT,
  `quiet` TEXT,
  `opt_outs` TEXT,
  `service` VARCHAR(32) NOT NULL,
  `stop_cause` VARCHAR(32) NOT NULL,
  `lifecycle` VARCHAR(32) NOT NULL,
  `activity` VARCHAR(32) NOT NULL,
  `grade` INT NOT NULL,
  `tier` VARCHAR(8) NOT NULL,
  `source` VARCHAR(120) NOT NULL,
  `referred_by` BINARY(16),
  `since` DATE NOT NULL,
  `last_contact_on` DATE,
  `last_visit_on` DATE,
  `last_purchase_on` DATE,
  `purchases` INT NOT NULL,
  `spent` BIGINT NOT NULL,
  `horizon` VARCHAR(32) NOT NULL,
  `expected_on` DATE,
  `next_due_on` DATE,
  `erased_at` DATETIME(3),
  `created_at` DATETIME(3) NOT NULL,
  `updated_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `accounts_number` (`number`),
  KEY `accounts_store_id` (`store_id`),
  KEY `accounts_rep_id_next_due_on` (`rep_id`, `next_due_on`),
  KEY `accounts_phone_hash` (`phone_hash`),
  KEY `accounts_last4_hash` (`last4_hash`),
  KEY `accounts_name` (`name`),
  KEY `accounts_pinyin` (`pinyin`),
  KEY `accounts_referred_by` (`referred_by`),
  CONSTRAINT `accounts_store_id_fk` FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`),
  CONSTRAINT `accounts_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `members` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `relation` VARCHAR(120) NOT NULL,
  `sex` VARCHAR(16) NOT NULL,
  `birth_year` INT,
  `note` TEXT NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `members_account_id` (`account_id`),
  CONSTRAINT `members_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `account_dates` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `member_id` BINARY(16),
  `occasion` VARCHAR(32) NOT NULL,
  `label` VARCHAR(120) NOT NULL,
  `calendar` VARCHAR(16) NOT NULL,
  `year` INT,
  `month` INT NOT NULL,
  `day` INT NOT NULL,
  `leap` BOOLEAN NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `account_dates_account_id` (`account_id`),
  KEY `account_dates_member_id` (`member_id`),
  KEY `account_dates_calendar_month_day` (`calendar`, `month`, `day`),
  CONSTRAINT `account_dates_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `account_dates_member_id_fk` FOREIGN KEY (`member_id`) REFERENCES `members` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `account_tags` (
  `account_id` BINARY(16) NOT NULL,
  `tag` VARCHAR(64) NOT NULL,
  PRIMARY KEY (`account_id`, `tag`),
  KEY `account_tags_tag` (`tag`),
  CONSTRAINT `account_tags_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `assignments` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `from_at` DATETIME(3) NOT NULL,
  `to_at` DATETIME(3),
  `reason` VARCHAR(1000) NOT NULL,
  `note` TEXT NOT NULL,
  `created_by` BINARY(16),
  PRIMARY KEY (`id`),
  KEY `assignments_account_id_to_at` (`account_id`, `to_at`),
  KEY `assignments_rep_id_to_at` (`rep_id`, `to_at`),
  CONSTRAINT `assignments_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `assignments_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `covers` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE NOT NULL,
  `reason` VARCHAR(1000) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `covers_account_id_to_day` (`account_id`, `to_day`),
  KEY `covers_rep_id_to_day` (`rep_id`, `to_day`),
  CONSTRAINT `covers_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `covers_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `pauses` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16),
  `store_id` BINARY(16),
  `district` VARCHAR(120) NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE,
  `reason` VARCHAR(1000) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `ended_at` DATETIME(3),
  PRIMARY KEY (`id`),
  KEY `pauses_account_id_ended_at` (`account_id`, `ended_at`),
  KEY `pauses_store_id_district_ended_at` (`store_id`, `district`, `ended_at`),
  CONSTRAINT `pauses_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `pauses_store_id_fk` FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `products` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `name` VARCHAR(255) NOT NULL,
  `category` VARCHAR(120) NOT NULL,
  `price` BIGINT NOT NULL,
  `supply_days` INT NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `products_number` (`number`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `purchases` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `day` DATE NOT NULL,
  `amount` BIGINT NOT NULL,
  `supply_days` INT NOT NULL,
  `channel` VARCHAR(64) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `purchases_number` (`number`),
  KEY `purchases_account_id_day` (`account_id`, `day`),
  KEY `purchases_rep_id_day` (`rep_id`, `day`),
  CONSTRAINT `purchases_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `purchases_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `purchase_lines` (
  `id` BINARY(16) NOT NULL,
  `purchase_id` BINARY(16) NOT NULL,
  `line` INT NOT NULL,
  `product_id` BINARY(16) NOT NULL,
  `quantity` INT NOT NULL,
  `amount` BIGINT NOT NULL,
  `supply_days` INT NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `purchase_lines_purchase_id_line` (`purchase_id`, `line`),
  KEY `purchase_lines_product_id` (`product_id`),
  CONSTRAINT `purchase_lines_purchase_id_fk` FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`),
  CONSTRAINT `purchase_lines_product_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `returns` (
  `id` BINARY(16) NOT NULL,
  `number` VARCHAR(64) NOT NULL,
  `purchase_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `day` DATE NOT NULL,
  `amount` BIGINT NOT NULL,
  `whole` BOOLEAN NOT NULL,
  `reason` VARCHAR(1000) NOT NULL,
  `case_id` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  unique_number VARCHAR(64) GENERATED ALWAYS AS (CASE WHEN `number` <> '' THEN `number` END) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `returns_number` (unique_number),
  KEY `returns_account_id_day` (`account_id`, `day`),
  KEY `returns_purchase_id` (`purchase_id`),
  CONSTRAINT `returns_purchase_id_fk` FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`),
  CONSTRAINT `returns_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `overrides` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `horizon` VARCHAR(32) NOT NULL,
  `on_day` DATE,
  `reason` VARCHAR(1000) NOT NULL,
  `given_on` DATE NOT NULL,
  `until_day` DATE NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `ended_at` DATETIME(3),
  PRIMARY KEY (`id`),
  KEY `overrides_account_id_ended_at` (`account_id`, `ended_at`),
  CONSTRAINT `overrides_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `projections` (
  `account_id` BINARY(16) NOT NULL,
  `day` DATE NOT NULL,
  `expected` DATE,
  `p30` DOUBLE NOT NULL,
  `p60` DOUBLE NOT NULL,
  `p90` DOUBLE NOT NULL,
  `active` DOUBLE NOT NULL,
  `horizon` VARCHAR(32) NOT NULL,
  `model` VARCHAR(32) NOT NULL,
  `source` VARCHAR(120) NOT NULL,
  `evidence` BLOB,
  PRIMARY KEY (`account_id`, `day`),
  KEY `projections_day` (`day`),
  CONSTRAINT `projections_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `plan_items` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `demand_key` VARCHAR(120) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `or_kind` VARCHAR(32) NOT NULL,
  `status` VARCHAR(16) NOT NULL,
  `source` VARCHAR(16) NOT NULL,
  `day` DATE NOT NULL,
  `start_min` INT NOT NULL,
  `seq` INT NOT NULL,
  `minutes` INT NOT NULL,
  `travel` INT NOT NULL,
  `at_fixed` BOOLEAN NOT NULL,
  `pinned` BOOLEAN NOT NULL,
  `earliest_on` DATE NOT NULL,
  `due_on` DATE NOT NULL,
  `latest_on` DATE NOT NULL,
  `priority` INT NOT NULL,
  `urgent` BOOLEAN NOT NULL,
  `by` VARCHAR(32) NOT NULL,
  `with_roles` TEXT,
  `expert_id` BINARY(16),
  `objectives` TEXT,
  `script` VARCHAR(64) NOT NULL,
  `also_scripts` TEXT,
  `reasons` TEXT,
  `joined` TEXT,
  `note` TEXT NOT NULL,
  `case_id` BINARY(16),
  `started_at` DATETIME(3),
  `closed_at` DATETIME(3),
  `closed_why` VARCHAR(1000) NOT NULL,
  `moved_to` BINARY(16),
  `created_by` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  `updated_at` DATETIME(3) NOT NULL,
  open_key VARCHAR(120) GENERATED ALWAYS AS (CASE WHEN `status` IN ('OPEN', 'STARTED') AND `demand_key` <> '' THEN `demand_key` END) STORED,
  PRIMARY KEY (`id`),
  KEY `plan_items_rep_id_status_day` (`rep_id`, `status`, `day`),
  KEY `plan_items_rep_id_day` (`rep_id`, `day`),
  KEY `plan_items_account_id_status_due_on` (`account_id`, `status`, `due_on`),
  KEY `plan_items_expert_id_status_day` (`expert_id`, `status`, `day`),
  KEY `plan_items_case_id` (`case_id`),
  UNIQUE KEY `plan_items_open_demand` (`account_id`, open_key),
  CONSTRAINT `plan_items_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `plan_items_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`),
  CONSTRAINT `plan_items_expert_id_fk` FOREIGN KEY (`expert_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `shed_items` (
  `id` BINARY(16) NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `demand_key` VARCHAR(120) NOT NULL,
  `rank` INT NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `due_on` DATE NOT NULL,
  `priority` INT NOT NULL,
  `why` VARCHAR(64) NOT NULL,
  `reasons` TEXT,
  PRIMARY KEY (`id`),
  KEY `shed_items_rep_id_rank` (`rep_id`, `rank`),
  KEY `shed_items_account_id` (`account_id`),
  CONSTRAINT `shed_items_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`),
  CONSTRAINT `shed_items_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `contact_logs` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `by_role` VARCHAR(32) NOT NULL,
  `item_id` BINARY(16),
  `fulfils` VARCHAR(120) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `outcome` VARCHAR(32) NOT NULL,
  `day` DATE NOT NULL,
  `started_at` DATETIME(3) NOT NULL,
  `ended_at` DATETIME(3),
  `lat` DOUBLE,
  `lng` DOUBLE,
  `accuracy` DOUBLE,
  `usage` VARCHAR(64) NOT NULL,
  `effect` VARCHAR(64) NOT NULL,
  `reaction` BOOLEAN NOT NULL,
  `objectives` TEXT,
  `feeling` TEXT NOT NULL,
  `note` BLOB,
  `present` TEXT,
  `next_step` TEXT NOT NULL,
  `next_on` DATE,
  `next_kind` VARCHAR(32) NOT NULL,
  `late` BOOLEAN NOT NULL,
  `review` VARCHAR(255) NOT NULL,
  `body_hash` VARBINARY(64),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `contact_logs_account_id_started_at` (`account_id`, `started_at`),
  KEY `contact_logs_user_id_day` (`user_id`, `day`),
  KEY `contact_logs_item_id` (`item_id`),
  CONSTRAINT `contact_logs_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `contact_logs_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `cases` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `cause` VARCHAR(32) NOT NULL,
  `status` VARCHAR(32) NOT NULL,
  `owner_id` BINARY(16) NOT NULL,
  `opened_on` DATE NOT NULL,
  `due_on` DATE NOT NULL,
  `purchase_id` BINARY(16),
  `note` BLOB,
  `closed_on` DATE,
  `close_why` VARCHAR(1000) NOT NULL,
  `created_by` BINARY(16) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `updated_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `cases_account_id_status` (`account_id`, `status`),
  KEY `cases_owner_id_status_due_on` (`owner_id`, `status`, `due_on`),
  KEY `cases_status_due_on` (`status`, `due_on`),
  CONSTRAINT `cases_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `cases_owner_id_fk` FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`),
  CONSTRAINT `cases_purchase_id_fk` FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `case_steps` (
  `id` BINARY(16) NOT NULL,
  `case_id` BINARY(16) NOT NULL,
  `seq` INT NOT NULL,
  `kind` VARCHAR(32) NOT NULL,
  `due_on` DATE NOT NULL,
  `done_on` DATE,
  `done_by` BINARY(16),
  `log_id` BINARY(16),
  `note` BLOB,
  PRIMARY KEY (`id`),
  UNIQUE KEY `case_steps_case_id_seq` (`case_id`, `seq`),
  CONSTRAINT `case_steps_case_id_fk` FOREIGN KEY (`case_id`) REFERENCES `cases` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `commands` (
  `id` BINARY(16) NOT NULL,
  `user_id` BINARY(16) NOT NULL,
  `name` VARCHAR(64) NOT NULL,
  `body_hash` VARBINARY(64),
  `result_id` BINARY(16),
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `commands_user_id_created_at` (`user_id`, `created_at`),
  CONSTRAINT `commands_user_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `replans` (
  `rep_id` BINARY(16) NOT NULL,
  `asked_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`rep_id`),
  KEY `replans_asked_at` (`asked_at`),
  CONSTRAINT `replans_rep_id_fk` FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `forecast_models` (
  `id` BINARY(16) NOT NULL,
  `fitted_on` DATE NOT NULL,
  `customers` INT NOT NULL,
  `body` LONGBLOB NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `forecast_models_created_at` (`created_at`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
