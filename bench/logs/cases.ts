/** A case of the benchmark. Times are milliseconds. */
export interface Case {
  title: string
  groups: number
  perSecond: number
  /** The time before the start of the tail that has events. */
  backMs: number
  /** How long events are written while the tail runs; 0 for one that ends with what is there. */
  forMs: number
  /** How long to wait then for what is still missing. */
  settleMs: number
  lateMs: number
  throttledMs: number
  cutEveryMs: number | undefined
  aheadMs: number
  /** How far the clock of the tail's machine is ahead. */
  clockAheadMs: number
  /** How many times as fast as time the clocks of the tail and of the endpoint run. */
  rate: number
  /** With `--live`: the time after which each session ends. */
  liveSessionMs: number | undefined
}

const second = 1000
const minute = 60 * second
/** As AWS has it in most Regions: calls of FilterLogEvents a second. */
export const quota = 10

const usual = {
  groups: 1,
  perSecond: 20,
  backMs: 20 * second,
  forMs: 30 * second,
  settleMs: 5 * second,
  lateMs: 0,
  throttledMs: 0,
  cutEveryMs: undefined,
  aheadMs: 0,
  clockAheadMs: 0,
  rate: 1,
  liveSessionMs: undefined,
}

/** The late ones are also those that were written before the tail began, so no case lasts as long as its events are late. */
const late = (lateMs: number, settleMs: number) => ({
  ...usual,
  title: `10% late by ${lateMs / second} s`,
  backMs: lateMs + 20 * second,
  lateMs,
  settleMs,
})

export const cases: Readonly<Record<string, Case>> = {
  'on-time': { ...usual, title: 'none late' },
  'late-2': late(2 * second, 10 * second),
  'late-8': late(8 * second, 20 * second),
  'late-60': late(minute, 75 * second),
  'late-300': late(5 * minute, 35 * second),
  throttled: {
    ...usual,
    title: 'throttled for 60 s',
    throttledMs: minute,
    forMs: 90 * second,
    settleMs: 20 * second,
  },
  cut: { ...usual, title: 'a connection killed each 5 s', cutEveryMs: 5 * second },
  busy: { ...usual, title: '3,000 lines/s', perSecond: 3000, settleMs: 20 * second },
  live: { ...usual, title: '--live, sessions of 10 s', liveSessionMs: 10 * second },
  'live-busy': {
    ...usual,
    title: '--live, 1,000 lines/s, sampled',
    perSecond: 1000,
    liveSessionMs: minute,
    settleMs: 10 * second,
  },
  'clock-fast': { ...usual, title: 'own clock 5 min fast', clockAheadMs: 5 * minute },
  'clock-slow': { ...usual, title: 'own clock 5 min slow', clockAheadMs: -5 * minute },
  ahead: { ...usual, title: 'one line dated 2 h ahead', aheadMs: 120 * minute },
  groups: { ...usual, title: '20 groups', groups: 20, perSecond: 2 },
  backlog: { ...usual, title: 'backlog of 200,000', perSecond: 400, backMs: 510 * second, forMs: 0 },
  hour: {
    ...usual,
    title: 'an hour of 500 lines/s',
    perSecond: 500,
    backMs: 16 * minute,
    forMs: 60 * minute,
    settleMs: 2 * minute,
    rate: 15,
  },
}
