-- The curve of a projection. For MySQL, MariaDB and TiDB. Its twin for SQLite has the same number: keep both the same.

-- +goose Up

-- The chances of a purchase within 5, 10 … 120 days, in thousandths, two bytes each; none of what was projected before.
ALTER TABLE `projections` ADD COLUMN `curve` VARBINARY(64);
