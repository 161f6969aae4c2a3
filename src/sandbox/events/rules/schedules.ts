import { scheduleTimes, type Times } from '../../grammar/schedule.ts'
import { scheduledEvent } from './event.ts'
import type { RuleRecord } from './records.ts'
import { type Router, trigger } from './route.ts'

/** The next times of the rules with schedules. */
export interface Schedules {
  /** Triggers the rules whose time has come, each as often as it has since the last turn. */
  turn(): Promise<void>
}

/** The most times that one turn makes up for, if this machine was late. */
const mostLate = 100

/** Schedules count from now on: a sandbox that was down makes up for nothing. */
export function createSchedules(router: Router): Schedules {
  const { book, clock } = router
  let last: number | undefined
  return {
    async turn() {
      const now = clock()
      const after = last ?? now
      // The clock may jump while rules are restored; until then there are none.
      last = book.rules.size > 0 ? now : undefined
      for (const rule of book.rules.values()) {
        if (rule.isEnabled && rule.schedule !== undefined)
          await catchUp(router, rule, { after: Math.max(after, rule.since), now })
      }
    },
  }
}

async function catchUp(
  router: Router,
  rule: RuleRecord,
  { after, now }: { after: number; now: number },
): Promise<void> {
  const next = timesOf(rule.schedule ?? '', rule.since)
  let time = next(after)
  for (let made = 0; time !== undefined && time <= now && made < mostLate; made += 1) {
    await trigger(router, rule, scheduledEvent(rule, time))
    time = next(time)
  }
}

/**
 * Reads a schedule of EventBridge, in UTC.
 *
 * @throws Error for one that is none
 */
export function timesOf(schedule: string, since: number): Times {
  const [, amount, unit = ''] = /^rate\((\d+) (\w+)\)$/.exec(schedule) ?? []
  const isOther = schedule.startsWith('at(')
  // EventBridge minds the plural.
  const isWrongNumber = amount !== undefined && (amount === '1') === unit.endsWith('s')
  // Either the day of the month or the day of the week is `?`.
  const fields = /^cron\((.+)\)$/.exec(schedule)?.[1]?.trim().split(/\s+/)
  const isTwoDays = fields !== undefined && (fields[2] === '?') === (fields[4] === '?')
  if (isOther || isWrongNumber || isTwoDays) throw new Error(schedule)
  return scheduleTimes(schedule, { since })
}
