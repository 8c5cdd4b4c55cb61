/** Minutes since midnight, local time. */
export type Window = readonly [from: number, until: number];

/** When people may be called on each day of a week. */
export interface Week {
  weekdays: readonly Window[];
  saturday: readonly Window[];
  sunday: readonly Window[];
}

const hours = (from: number, until: number): Window => [from * 60, until * 60];
const daily = (...windows: Window[]): Week => ({ weekdays: windows, saturday: windows, sunday: windows });

/** The hours for every country not listed below. */
const usual = daily(hours(8, 20));

/**
 * Countries whose law or code of practice is stricter than 08:00 to 20:00 on some day. The comments give the hours of
 * the rule itself, which we end at 20:00. Stricter rules of single states or kinds of business, and public holidays,
 * are not included: this is a safe default, not legal advice.
 */
const stricter: Readonly<Record<string, Week>> = {
  // Telecommunications (Telemarketing and Research Calls) Industry Standard 2017.
  AU: { weekdays: [hours(9, 20)], saturday: [hours(9, 17)], sunday: [] },
  // Self-regulation of the telecom companies: 9 to 21, Saturdays 10 to 16.
  BR: { weekdays: [hours(9, 20)], saturday: [hours(10, 16)], sunday: [] },
  // CRTC Unsolicited Telecommunications Rules, part III: 9:00 to 21:30, weekends 10 to 18.
  CA: { weekdays: [hours(9, 20)], saturday: [hours(10, 18)], sunday: [hours(10, 18)] },
  // Ley General para la Defensa de los Consumidores, article 96: 9 to 21, not on weekends and holidays.
  ES: { weekdays: [hours(9, 20)], saturday: [], sunday: [] },
  // Décret 2022-1313: Monday to Friday, 10 to 13 and 14 to 20.
  FR: { weekdays: [hours(10, 13), hours(14, 20)], saturday: [], sunday: [] },
  // Industry practice: 8 to 21, weekends from 9.
  GB: { weekdays: [hours(8, 20)], saturday: [hours(9, 20)], sunday: [hours(9, 20)] },
  // Telecom Regulatory Authority of India: 9 to 21.
  IN: daily(hours(9, 20)),
  // Codice di condotta per il telemarketing: 9 to 20, Saturdays 10 to 19.
  IT: { weekdays: [hours(9, 20)], saturday: [hours(10, 19)], sunday: [] },
  // Consumer Protection Act, notice 293 of 2011: not on Sundays, Saturdays 9 to 13.
  ZA: { weekdays: [hours(8, 20)], saturday: [hours(9, 13)], sunday: [] },
};

/** When people in a country may be called. In the USA, some states end at 20:00 and the federal rule at 21:00. */
export function lawfulWeek(region: string): Week {
  return stricter[region] ?? usual;
}
