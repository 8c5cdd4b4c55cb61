import Type from 'typebox';
import { closed, shape } from '../http/shapes.ts';

/** The most that may be asked for by HTTP; the command line makes any number. */
const MOST_BY_HTTP = 2_000;

/** How many made-up leads there are. */
export const demoView = shape(
  'DemoView',
  Type.Object(
    { leads: Type.Integer({ description: 'Number of sample leads in the workspace.' }) },
    { description: 'How many sample leads there are.' },
  ),
);

/** How many are to be made. */
export const demoCreate = shape(
  'DemoCreate',
  closed(
    { leads: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_BY_HTTP, default: 200 })) },
    'Sample leads to try things out with.',
  ),
);
