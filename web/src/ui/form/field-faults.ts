type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field that is not filled in as its attributes demand, and what to do about it. */
export interface Fault {
  field: Field;
  text: string;
}

/** The fields of a form that are missing or malformed, in the order of the form. */
export function faultsIn(form: HTMLFormElement): Fault[] {
  return [...form.elements]
    .filter(isField)
    .filter((field) => field.willValidate && !field.validity.valid)
    .map((field) => ({ field, text: wordsFor(field) }));
}

const isField = (element: Element): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

const malformed: Readonly<Record<string, string>> = {
  email: 'Enter an email address, such as name@example.com.',
  url: 'Enter a full address, such as https://example.com/leads.',
  number: 'Enter a number.',
  date: 'Enter a full date.',
  time: 'Enter a full time.',
  'datetime-local': 'Enter a full date and time.',
};

function wordsFor(field: Field): string {
  const { validity, type } = field;
  if (validity.badInput || validity.typeMismatch) return malformed[type] ?? 'This is not a valid value.';
  if (validity.valueMissing) return type.startsWith('select') ? 'Choose one.' : 'Fill this in.';
  const { min = '', max = '' } = field instanceof HTMLInputElement ? field : {};
  if (validity.rangeUnderflow) return `The lowest value is ${min}.`;
  if (validity.rangeOverflow) return `The highest value is ${max}.`;
  return type === 'number' ? 'Enter a whole number.' : 'This is not a valid value.';
}
