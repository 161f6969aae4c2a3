import type { Check } from '../values/check.ts'

export const pastFlags = ['take-over', 'overwrite-drift', 'release-again'] as const

/** A check of the function itself that a person can go past, on record, by the flag of this name. */
export type PastFlag = (typeof pastFlags)[number]

/** Which flag goes past a check, by its title. */
const flags: Readonly<Record<string, PastFlag>> = {
  owner: 'take-over',
  service: 'take-over',
  runtime: 'take-over',
  drift: 'overwrite-drift',
  'rolled back': 'release-again',
}

/** The flag that goes past a check; undefined where none does. */
export function flagPast({ title }: Check): PastFlag | undefined {
  return flags[title]
}

/**
 * Checks as they count: a warning fails where the environment is protected, and one that a person goes past by its flag
 * warns, and says so.
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
      return { ...check, outcome: 'warn', detail: `gone past by --${flag}: ${check.detail}` }
    return isProtected ? { ...check, outcome: 'fail' } : check
  })
  const needed = checks.filter(isPassed).map(flagPast)
  return { checks: counted, wentPast: given.filter((flag) => needed.includes(flag)) }
}
