import type { FieldDef } from './item-fields.tsx';

/** Fields that the forms of many kinds of items have. */
export const nameField: FieldDef = { key: 'name', label: 'Name', kind: 'text' };
export const colourField: FieldDef = { key: 'colour', label: 'Colour', kind: 'colour' };
export const descriptionField: FieldDef = { key: 'description', label: 'Description', kind: 'text', wide: true };
export const codeField: FieldDef = {
  key: 'alternative_code',
  label: 'Short code',
  kind: 'text',
  about: 'The name that some vendors’ clients send.',
};
