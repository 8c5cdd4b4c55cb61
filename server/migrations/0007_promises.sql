-- What a lead of a type must have, and when: [{"field": "email", "when": "always"}, ...].
ALTER TABLE lead_types ADD COLUMN rules jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rules) = 'array');
UPDATE lead_types SET rules =
  (SELECT jsonb_agg(jsonb_build_object('field', field, 'when', 'always')) FROM unnest(required_fields) AS field)
  WHERE cardinality(required_fields) > 0;
ALTER TABLE lead_types DROP COLUMN required_fields;

ALTER TABLE tokens
  -- member:<id>, token:<id> or cli; null: before this was written down.
  ADD COLUMN created_by text,
  -- Where from it was last used.
  ADD COLUMN last_used_address text;
-- Its result has the new columns too.
CREATE OR REPLACE FUNCTION token_by_hash(wanted bytea) RETURNS SETOF tokens
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  BEGIN ATOMIC SELECT * FROM tokens WHERE hash = wanted; END;
