-- The forecast in production: every version of a model with what it was judged by, which of them a projection is of, and what
-- was foretold month by month, held against what came. For MySQL, MariaDB and TiDB. Its twin for SQLite has the same number:
-- keep both the same.

-- +goose Up

-- Whom a version is for (empty: the whole company), whether it stands, was kept back or has been followed by another, the
-- figures it was judged by, and why it was kept back.
ALTER TABLE `forecast_models` ADD COLUMN `segment` VARCHAR(120) NOT NULL DEFAULT '';
ALTER TABLE `forecast_models` ADD COLUMN `state` VARCHAR(16) NOT NULL DEFAULT 'STANDING';
ALTER TABLE `forecast_models` ADD COLUMN `judged` BLOB;
ALTER TABLE `forecast_models` ADD COLUMN `reason` VARCHAR(32) NOT NULL DEFAULT '';
UPDATE `forecast_models` SET `state` = 'RETIRED'
  WHERE `created_at` < (SELECT n.`newest` FROM (SELECT MAX(`created_at`) AS `newest` FROM `forecast_models`) n);
CREATE INDEX `forecast_models_state` ON `forecast_models` (`state`, `segment`);

-- The segment whose model speaks for an account; empty: the company's.
ALTER TABLE `accounts` ADD COLUMN `segment` VARCHAR(120) NOT NULL DEFAULT '';

-- The version a projection is of; none for the model the program brings.
ALTER TABLE `projections` ADD COLUMN `model_id` BINARY(16);

-- What stood for an account on the first day of a month that was planned, and what came: the day of the first purchase in the
-- ninety days after it. by30, by60 and by90 are the last days of what was foretold. Settled rows are not looked at again.
CREATE TABLE `foretold` (
  `account_id` BINARY(16) NOT NULL,
  `month` DATE NOT NULL,
  `rep_id` BINARY(16) NOT NULL,
  `day` DATE NOT NULL,
  `by30` DATE NOT NULL,
  `by60` DATE NOT NULL,
  `by90` DATE NOT NULL,
  `told_at` DATETIME(3) NOT NULL,
  `p30` DOUBLE NOT NULL,
  `p60` DOUBLE NOT NULL,
  `p90` DOUBLE NOT NULL,
  `horizon` VARCHAR(32) NOT NULL,
  `model` VARCHAR(32) NOT NULL,
  `model_id` BINARY(16),
  `override_id` BINARY(16),
  `came_on` DATE,
  `settled` BOOLEAN NOT NULL,
  PRIMARY KEY (`account_id`, `month`),
  KEY `foretold_month_settled` (`month`, `settled`),
  -- What the record is summed up from, without a row read.
  KEY `foretold_tally` (`rep_id`, `month`, `by30`, `by60`, `by90`, `came_on`, `p30`, `p60`, `p90`, `horizon`, `model`, `override_id`),
  KEY `foretold_settled` (`settled`, `by90`),
  CONSTRAINT `foretold_account_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts` (`id`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
