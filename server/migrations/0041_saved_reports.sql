-- Saved views of the reports, beside those of the list of leads: the screen that a view's query belongs to.
ALTER TABLE views ADD COLUMN screen text NOT NULL DEFAULT 'leads' CHECK (screen IN ('leads', 'reports'));
