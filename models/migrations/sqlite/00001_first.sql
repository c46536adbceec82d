-- The first schema, for SQLite. Its twin for MySQL, MariaDB and TiDB has the same number: keep both the same.
-- Keys are 16 bytes; money is hundredths of a yuan; days are DATE; instants are UTC text with milliseconds.

-- +goose Up

CREATE TABLE `companies` (
  `id` INTEGER NOT NULL,
  `name` TEXT NOT NULL,
  `zone` TEXT NOT NULL,
  `epoch` BLOB NOT NULL,
  `keys_mark` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`)
);

CREATE TABLE `stores` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `name` TEXT NOT NULL,
  `city` TEXT NOT NULL,
  `address` TEXT NOT NULL,
  `lat` REAL,
  `lng` REAL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`)
);
CREATE UNIQUE INDEX `stores_number` ON `stores` (`number`);

CREATE TABLE `teams` (
  `id` BLOB NOT NULL,
  `store_id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `name` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`)
);
CREATE UNIQUE INDEX `teams_number` ON `teams` (`number`);
CREATE INDEX `teams_store_id` ON `teams` (`store_id`);

CREATE TABLE `users` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `login` TEXT NOT NULL,
  `password` TEXT NOT NULL,
  `name` TEXT NOT NULL,
  `pinyin` TEXT NOT NULL,
  `role` TEXT NOT NULL,
  `store_id` BLOB,
  `team_id` BLOB,
  `phone` BLOB,
  `lang` TEXT NOT NULL,
  `hours` TEXT,
  `start_lat` REAL,
  `start_lng` REAL,
  `mode` TEXT NOT NULL,
  `epoch` INTEGER NOT NULL,
  `disabled_at` DATETIME,
  `created_at` DATETIME NOT NULL,
  `updated_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`),
  FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`)
);
CREATE UNIQUE INDEX `users_login` ON `users` (`login`);
CREATE UNIQUE INDEX `users_number` ON `users` (`number`) WHERE `number` <> '';
CREATE INDEX `users_team_id` ON `users` (`team_id`);
CREATE INDEX `users_store_id_role` ON `users` (`store_id`, `role`);

CREATE TABLE `sessions` (
  `id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `device` TEXT NOT NULL,
  `token_hash` BLOB NOT NULL,
  `prev_hash` BLOB,
  `created_at` DATETIME NOT NULL,
  `rotated_at` DATETIME NOT NULL,
  `expires_at` DATETIME NOT NULL,
  `revoked_at` DATETIME,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE UNIQUE INDEX `sessions_token_hash` ON `sessions` (`token_hash`);
CREATE INDEX `sessions_prev_hash` ON `sessions` (`prev_hash`);
CREATE INDEX `sessions_user_id` ON `sessions` (`user_id`);
CREATE INDEX `sessions_expires_at` ON `sessions` (`expires_at`);

CREATE TABLE `leaves` (
  `id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE NOT NULL,
  `reason` TEXT NOT NULL,
  `granted` BOOLEAN NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `leaves_user_id_to_day` ON `leaves` (`user_id`, `to_day`);

CREATE TABLE `holidays` (
  `day` DATE NOT NULL,
  `name` TEXT NOT NULL,
  `working` BOOLEAN NOT NULL,
  PRIMARY KEY (`day`)
);

CREATE TABLE `policies` (
  `version` INTEGER NOT NULL,
  `from_day` DATE NOT NULL,
  `body` BLOB NOT NULL,
  `created_by` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`version`)
);

CREATE TABLE `audits` (
  `id` BLOB NOT NULL,
  `at` DATETIME NOT NULL,
  `user_id` BLOB,
  `action` TEXT NOT NULL,
  `entity` TEXT NOT NULL,
  `entity_id` BLOB,
  `account_id` BLOB,
  `detail` TEXT,
  PRIMARY KEY (`id`)
);
CREATE INDEX `audits_account_id_at` ON `audits` (`account_id`, `at`);
CREATE INDEX `audits_user_id_at` ON `audits` (`user_id`, `at`);
CREATE INDEX `audits_entity_id` ON `audits` (`entity_id`);

CREATE TABLE `leases` (
  `name` TEXT NOT NULL,
  `holder` BLOB NOT NULL,
  `until` DATETIME NOT NULL,
  PRIMARY KEY (`name`)
);

CREATE TABLE `accounts` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `store_id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `version` INTEGER NOT NULL,
  `name` TEXT NOT NULL,
  `pinyin` TEXT NOT NULL,
  `sex` TEXT NOT NULL,
  `birth_year` INTEGER,
  `phone` BLOB,
  `phone_hash` BLOB,
  `last4_hash` BLOB,
  `address` BLOB,
  `district` TEXT NOT NULL,
  `city` TEXT NOT NULL,
  `lat` REAL,
  `lng` REAL,
  `health` BLOB,
  `history` BLOB,
  `allergies` BLOB,
  `frail` BOOLEAN NOT NULL,
  `employer` TEXT NOT NULL,
  `job` TEXT NOT NULL,
  `budget` INTEGER,
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
  `service` TEXT NOT NULL,
  `stop_cause` TEXT NOT NULL,
  `lifecycle` TEXT NOT NULL,
  `activity` TEXT NOT NULL,
  `grade` INTEGER NOT NULL,
  `tier` TEXT NOT NULL,
  `source` TEXT NOT NULL,
  `referred_by` BLOB,
  `since` DATE NOT NULL,
  `last_contact_on` DATE,
  `last_visit_on` DATE,
  `last_purchase_on` DATE,
  `purchases` INTEGER NOT NULL,
  `spent` INTEGER NOT NULL,
  `horizon` TEXT NOT NULL,
  `expected_on` DATE,
  `next_due_on` DATE,
  `erased_at` DATETIME,
  `created_at` DATETIME NOT NULL,
  `updated_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
);
CREATE UNIQUE INDEX `accounts_number` ON `accounts` (`number`);
CREATE INDEX `accounts_store_id` ON `accounts` (`store_id`);
CREATE INDEX `accounts_rep_id_next_due_on` ON `accounts` (`rep_id`, `next_due_on`);
CREATE INDEX `accounts_phone_hash` ON `accounts` (`phone_hash`);
CREATE INDEX `accounts_last4_hash` ON `accounts` (`last4_hash`);
CREATE INDEX `accounts_name` ON `accounts` (`name`);
CREATE INDEX `accounts_pinyin` ON `accounts` (`pinyin`);
CREATE INDEX `accounts_referred_by` ON `accounts` (`referred_by`);

CREATE TABLE `members` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `name` TEXT NOT NULL,
  `relation` TEXT NOT NULL,
  `sex` TEXT NOT NULL,
  `birth_year` INTEGER,
  `note` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `members_account_id` ON `members` (`account_id`);

CREATE TABLE `account_dates` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `member_id` BLOB,
  `occasion` TEXT NOT NULL,
  `label` TEXT NOT NULL,
  `calendar` TEXT NOT NULL,
  `year` INTEGER,
  `month` INTEGER NOT NULL,
  `day` INTEGER NOT NULL,
  `leap` BOOLEAN NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`member_id`) REFERENCES `members` (`id`)
);
CREATE INDEX `account_dates_account_id` ON `account_dates` (`account_id`);
CREATE INDEX `account_dates_member_id` ON `account_dates` (`member_id`);
CREATE INDEX `account_dates_calendar_month_day` ON `account_dates` (`calendar`, `month`, `day`);

CREATE TABLE `account_tags` (
  `account_id` BLOB NOT NULL,
  `tag` TEXT NOT NULL,
  PRIMARY KEY (`account_id`, `tag`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `account_tags_tag` ON `account_tags` (`tag`);

CREATE TABLE `assignments` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `from_at` DATETIME NOT NULL,
  `to_at` DATETIME,
  `reason` TEXT NOT NULL,
  `note` TEXT NOT NULL,
  `created_by` BLOB,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `assignments_account_id_to_at` ON `assignments` (`account_id`, `to_at`);
CREATE INDEX `assignments_rep_id_to_at` ON `assignments` (`rep_id`, `to_at`);

CREATE TABLE `covers` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE NOT NULL,
  `reason` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `covers_account_id_to_day` ON `covers` (`account_id`, `to_day`);
CREATE INDEX `covers_rep_id_to_day` ON `covers` (`rep_id`, `to_day`);

CREATE TABLE `pauses` (
  `id` BLOB NOT NULL,
  `account_id` BLOB,
  `store_id` BLOB,
  `district` TEXT NOT NULL,
  `from_day` DATE NOT NULL,
  `to_day` DATE,
  `reason` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  `ended_at` DATETIME,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`)
);
CREATE INDEX `pauses_account_id_ended_at` ON `pauses` (`account_id`, `ended_at`);
CREATE INDEX `pauses_store_id_district_ended_at` ON `pauses` (`store_id`, `district`, `ended_at`);

CREATE TABLE `products` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `name` TEXT NOT NULL,
  `category` TEXT NOT NULL,
  `price` INTEGER NOT NULL,
  `supply_days` INTEGER NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`)
);
CREATE UNIQUE INDEX `products_number` ON `products` (`number`);

CREATE TABLE `purchases` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `account_id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `day` DATE NOT NULL,
  `amount` INTEGER NOT NULL,
  `supply_days` INTEGER NOT NULL,
  `channel` TEXT NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
);
CREATE UNIQUE INDEX `purchases_number` ON `purchases` (`number`);
CREATE INDEX `purchases_account_id_day` ON `purchases` (`account_id`, `day`);
CREATE INDEX `purchases_rep_id_day` ON `purchases` (`rep_id`, `day`);

CREATE TABLE `purchase_lines` (
  `id` BLOB NOT NULL,
  `purchase_id` BLOB NOT NULL,
  `line` INTEGER NOT NULL,
  `product_id` BLOB NOT NULL,
  `quantity` INTEGER NOT NULL,
  `amount` INTEGER NOT NULL,
  `supply_days` INTEGER NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`),
  FOREIGN KEY (`product_id`) REFERENCES `products` (`id`)
);
CREATE UNIQUE INDEX `purchase_lines_purchase_id_line` ON `purchase_lines` (`purchase_id`, `line`);
CREATE INDEX `purchase_lines_product_id` ON `purchase_lines` (`product_id`);

CREATE TABLE `returns` (
  `id` BLOB NOT NULL,
  `number` TEXT NOT NULL,
  `purchase_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `day` DATE NOT NULL,
  `amount` INTEGER NOT NULL,
  `whole` BOOLEAN NOT NULL,
  `reason` TEXT NOT NULL,
  `case_id` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE UNIQUE INDEX `returns_number` ON `returns` (`number`) WHERE `number` <> '';
CREATE INDEX `returns_account_id_day` ON `returns` (`account_id`, `day`);
CREATE INDEX `returns_purchase_id` ON `returns` (`purchase_id`);

CREATE TABLE `overrides` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `horizon` TEXT NOT NULL,
  `on_day` DATE,
  `reason` TEXT NOT NULL,
  `given_on` DATE NOT NULL,
  `until_day` DATE NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  `ended_at` DATETIME,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `overrides_account_id_ended_at` ON `overrides` (`account_id`, `ended_at`);

CREATE TABLE `projections` (
  `account_id` BLOB NOT NULL,
  `day` DATE NOT NULL,
  `expected` DATE,
  `p30` REAL NOT NULL,
  `p60` REAL NOT NULL,
  `p90` REAL NOT NULL,
  `active` REAL NOT NULL,
  `horizon` TEXT NOT NULL,
  `model` TEXT NOT NULL,
  `source` TEXT NOT NULL,
  `evidence` BLOB,
  PRIMARY KEY (`account_id`, `day`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `projections_day` ON `projections` (`day`);

CREATE TABLE `plan_items` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `demand_key` TEXT NOT NULL,
  `kind` TEXT NOT NULL,
  `or_kind` TEXT NOT NULL,
  `status` TEXT NOT NULL,
  `source` TEXT NOT NULL,
  `day` DATE NOT NULL,
  `start_min` INTEGER NOT NULL,
  `seq` INTEGER NOT NULL,
  `minutes` INTEGER NOT NULL,
  `travel` INTEGER NOT NULL,
  `at_fixed` BOOLEAN NOT NULL,
  `pinned` BOOLEAN NOT NULL,
  `earliest_on` DATE NOT NULL,
  `due_on` DATE NOT NULL,
  `latest_on` DATE NOT NULL,
  `priority` INTEGER NOT NULL,
  `urgent` BOOLEAN NOT NULL,
  `by` TEXT NOT NULL,
  `with_roles` TEXT,
  `expert_id` BLOB,
  `objectives` TEXT,
  `script` TEXT NOT NULL,
  `also_scripts` TEXT,
  `reasons` TEXT,
  `joined` TEXT,
  `note` TEXT NOT NULL,
  `case_id` BLOB,
  `started_at` DATETIME,
  `closed_at` DATETIME,
  `closed_why` TEXT NOT NULL,
  `moved_to` BLOB,
  `created_by` BLOB,
  `created_at` DATETIME NOT NULL,
  `updated_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`),
  FOREIGN KEY (`expert_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `plan_items_rep_id_status_day` ON `plan_items` (`rep_id`, `status`, `day`);
CREATE INDEX `plan_items_rep_id_day` ON `plan_items` (`rep_id`, `day`);
CREATE INDEX `plan_items_account_id_status_due_on` ON `plan_items` (`account_id`, `status`, `due_on`);
CREATE INDEX `plan_items_expert_id_status_day` ON `plan_items` (`expert_id`, `status`, `day`);
CREATE INDEX `plan_items_case_id` ON `plan_items` (`case_id`);
CREATE UNIQUE INDEX `plan_items_open_demand` ON `plan_items` (`account_id`, `demand_key`)
  WHERE `status` IN ('OPEN', 'STARTED') AND `demand_key` <> '';

CREATE TABLE `shed_items` (
  `id` BLOB NOT NULL,
  `rep_id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `demand_key` TEXT NOT NULL,
  `rank` INTEGER NOT NULL,
  `kind` TEXT NOT NULL,
  `due_on` DATE NOT NULL,
  `priority` INTEGER NOT NULL,
  `why` TEXT NOT NULL,
  `reasons` TEXT,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
);
CREATE INDEX `shed_items_rep_id_rank` ON `shed_items` (`rep_id`, `rank`);
CREATE INDEX `shed_items_account_id` ON `shed_items` (`account_id`);

CREATE TABLE `contact_logs` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `by_role` TEXT NOT NULL,
  `item_id` BLOB,
  `fulfils` TEXT NOT NULL,
  `kind` TEXT NOT NULL,
  `outcome` TEXT NOT NULL,
  `day` DATE NOT NULL,
  `started_at` DATETIME NOT NULL,
  `ended_at` DATETIME,
  `lat` REAL,
  `lng` REAL,
  `accuracy` REAL,
  `usage` TEXT NOT NULL,
  `effect` TEXT NOT NULL,
  `reaction` BOOLEAN NOT NULL,
  `objectives` TEXT,
  `feeling` TEXT NOT NULL,
  `note` BLOB,
  `present` TEXT,
  `next_step` TEXT NOT NULL,
  `next_on` DATE,
  `next_kind` TEXT NOT NULL,
  `late` BOOLEAN NOT NULL,
  `review` TEXT NOT NULL,
  `body_hash` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `contact_logs_account_id_started_at` ON `contact_logs` (`account_id`, `started_at`);
CREATE INDEX `contact_logs_user_id_day` ON `contact_logs` (`user_id`, `day`);
CREATE INDEX `contact_logs_item_id` ON `contact_logs` (`item_id`);

CREATE TABLE `cases` (
  `id` BLOB NOT NULL,
  `account_id` BLOB NOT NULL,
  `kind` TEXT NOT NULL,
  `cause` TEXT NOT NULL,
  `status` TEXT NOT NULL,
  `owner_id` BLOB NOT NULL,
  `opened_on` DATE NOT NULL,
  `due_on` DATE NOT NULL,
  `purchase_id` BLOB,
  `note` BLOB,
  `closed_on` DATE,
  `close_why` TEXT NOT NULL,
  `created_by` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  `updated_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`),
  FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`),
  FOREIGN KEY (`purchase_id`) REFERENCES `purchases` (`id`)
);
CREATE INDEX `cases_account_id_status` ON `cases` (`account_id`, `status`);
CREATE INDEX `cases_owner_id_status_due_on` ON `cases` (`owner_id`, `status`, `due_on`);
CREATE INDEX `cases_status_due_on` ON `cases` (`status`, `due_on`);

CREATE TABLE `case_steps` (
  `id` BLOB NOT NULL,
  `case_id` BLOB NOT NULL,
  `seq` INTEGER NOT NULL,
  `kind` TEXT NOT NULL,
  `due_on` DATE NOT NULL,
  `done_on` DATE,
  `done_by` BLOB,
  `log_id` BLOB,
  `note` BLOB,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`case_id`) REFERENCES `cases` (`id`)
);
CREATE UNIQUE INDEX `case_steps_case_id_seq` ON `case_steps` (`case_id`, `seq`);

CREATE TABLE `commands` (
  `id` BLOB NOT NULL,
  `user_id` BLOB NOT NULL,
  `name` TEXT NOT NULL,
  `body_hash` BLOB,
  `result_id` BLOB,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `commands_user_id_created_at` ON `commands` (`user_id`, `created_at`);

CREATE TABLE `replans` (
  `rep_id` BLOB NOT NULL,
  `asked_at` DATETIME NOT NULL,
  PRIMARY KEY (`rep_id`),
  FOREIGN KEY (`rep_id`) REFERENCES `users` (`id`)
);
CREATE INDEX `replans_asked_at` ON `replans` (`asked_at`);

CREATE TABLE `forecast_models` (
  `id` BLOB NOT NULL,
  `fitted_on` DATE NOT NULL,
  `customers` INTEGER NOT NULL,
  `body` BLOB NOT NULL,
  `created_at` DATETIME NOT NULL,
  PRIMARY KEY (`id`)
);
CREATE INDEX `forecast_models_created_at` ON `forecast_models` (`created_at`);
