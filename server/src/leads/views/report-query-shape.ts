import Type from 'typebox';
import { oneOf } from '../../http/shapes.ts';

/** Default number of days, up to today. */
export const USUAL_DAYS = 30;

const names = (what: string) =>
  Type.Optional(
    Type.String({
      maxLength: 2000,
      description: `Only leads of ${what}, by id or name; separate several with commas.`,
    }),
  );

const ranges = ['today', '7d', '30d', 'quarter'] as const;

/** Query parameters of all reports. Defined here because saved views store them too. */
export const reportQuery = {
  range: Type.Optional(
    oneOf(
      ranges,
      'Period ending today, in place of from and to: today only, the last 7 or 30 days, or this quarter to date.',
    ),
  ),
  from: Type.Optional(
    Type.String({
      format: 'date',
      description: `First day. Defaults to ${USUAL_DAYS - 1} days before the last day.`,
    }),
  ),
  to: Type.Optional(
    Type.String({ format: 'date', description: "Last day, in the workspace's time zone. Defaults to today." }),
  ),
  department: names('these departments'),
  source: names('these sources'),
  owner: names('these members (`me` for yourself, `none` for leads without an owner)'),
  compare: Type.Optional(oneOf(['previous'], 'previous: include the figures of the preceding period of equal length.')),
  format: Type.Optional(oneOf(['json', 'csv'], 'csv: return a CSV table, as `Accept: text/csv` does.')),
};
