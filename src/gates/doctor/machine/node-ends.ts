/** The day on which the schedule of Node's releases was read. */
export const readOn = '2026-11-28'

/** The last day of security fixes by major version, by schedule.json of github.com/nodejs/Release. */
export const nodeEnds: Readonly<Record<number, string>> = {
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
}
