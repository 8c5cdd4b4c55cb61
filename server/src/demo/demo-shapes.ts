import Type from 'typebox';
import { closed, shape } from '../http/shapes.ts';

/** Limit for requests; the command line has a higher one. */
const MAX_BY_HTTP = 2_000;

/** The number of sample leads. */
export const demoView = shape(
  'DemoView',
  Type.Object(
    { leads: Type.Integer({ description: 'Number of sample leads in the workspace.' }) },
    { description: 'How many sample leads there are.' },
  ),
);

/** The number of sample leads to create. */
export const demoCreate = shape(
  'DemoCreate',
  closed(
    { leads: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BY_HTTP, default: 200 })) },
    'Sample leads to try things out with.',
  ),
);
