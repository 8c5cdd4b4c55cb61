-- Sample leads have tags, which are removed with them.
ALTER TABLE demo_items DROP CONSTRAINT demo_items_kind_check,
  ADD CONSTRAINT demo_items_kind_check CHECK (kind IN ('member', 'department', 'source', 'token', 'request', 'tag'));
