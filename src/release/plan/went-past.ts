import type { Check } from '../values/check.ts'

export const pastFlags = ['take-over', 'overwrite-drift', 'release-again'] as const

/** The flag that lets a person go past a check of the function itself; the release records it. */
export type PastFlag = (typeof pastFlags)[number]

/** The flag for each check, by the check's title. */
const flags: Readonly<Record<string, PastFlag>> = {
  owner: 'take-over',
  service: 'take-over',
  runtime: 'take-over',
  drift: 'overwrite-drift',
  'rolled back': 'release-again',
}

/** The flag that goes past a check; undefined if there is none. */
export function flagPast({ title }: Check): PastFlag | undefined {
  return flags[title]
}

/**
 * The effective results of checks. In a protected environment a warning fails. A check with its flag set only warns,
 * and says so.
 *
 * @returns also the flags that were needed
 */
export function asCounted(
  checks: readonly Check[],
  given: readonly PastFlag[],
  isProtected: boolean,
): { checks: Check[]; wentPast: PastFlag[] } {
  const isPassed = (check: Check) => given.some((flag) => flag === flagPast(check))
  const counted = checks.map((check): Check => {
    const flag = flagPast(check)
    if (flag === undefined || check.outcome === 'pass') return check
    if (isPassed(check))
      return { ...check, outcome: 'warn', detail: `overridden by --${flag}: ${check.detail}` }
    return isProtected ? { ...check, outcome: 'fail' } : check
  })
  const needed = checks.filter(isPassed).map(flagPast)
  return { checks: counted, wentPast: given.filter((flag) => needed.includes(flag)) }
}
