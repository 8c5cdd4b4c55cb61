-- A second phone or email of a lead makes it a possible duplicate; the lead never inherits such a key.
ALTER TABLE lead_twins ADD COLUMN is_second boolean NOT NULL DEFAULT false;

-- Leads are found by whole numbers, which are their keys. The end of a number is nobody's.
DROP INDEX leads_by_phone_tail;
ALTER TABLE leads DROP COLUMN phone_tail;
DROP INDEX source_number_rules_by_tail;
ALTER TABLE source_number_rules DROP COLUMN tail;
