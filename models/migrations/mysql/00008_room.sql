-- What would make room for a demand that found none. For MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both the same.

-- +goose Up

-- A list of ways with their days; none of what was left out before.
ALTER TABLE `shed_items` ADD COLUMN `room` TEXT;
