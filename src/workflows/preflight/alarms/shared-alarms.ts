import type { Alarms } from '../../../ports/alarms.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { AlarmState } from '../../../release/values/observed.ts'

/** DescribeAlarms allows 9 calls a second for the whole account; milliseconds between two of lambdactl's calls. */
const pauseMs = 250

/** Alarms for several releases: requests at about the same time share one call. */
export function sharedAlarms(alarms: Alarms, clock: Clock): Alarms {
  let asked = new Set<string>()
  let next: Promise<AlarmState[]> | undefined
  let lastAt = Number.NEGATIVE_INFINITY
  const readNext = async () => {
    await clock.pause(Math.max(0, lastAt + pauseMs - clock.elapsed()))
    const names = [...asked]
    asked = new Set()
    next = undefined
    lastAt = clock.elapsed()
    return alarms.describe(names)
  }
  return {
    definition: (name) => alarms.definition(name),
    async describe(names, prefixes = []) {
      if (prefixes.length > 0) return alarms.describe(names, prefixes)
      for (const name of names) asked.add(name)
      next ??= readNext()
      return (await next).filter(({ name }) => names.includes(name))
    },
  }
}
