import type { AlarmCheck } from '../../alarms/checks.ts'
import type { Advice, Diagnosis } from '../diagnosis.ts'

/** The alarms of a function's releases. */
export interface FoundAlarms {
  /** Whether the gate of a canary compares both versions, so that no alarm is needed. */
  compares: boolean
  checks: readonly AlarmCheck[]
  /** Why some can't fire, by their names. */
  unreachable: ReadonlyMap<string, string>
}

/** Checks that an alarm watches the alias, has data and can fire. */
export function alarmsDiagnosis({ compares, checks, unreachable }: FoundAlarms, advice: Advice): Diagnosis {
  const title = 'alarms'
  const field = 'release.alarms'
  if (checks.some(({ fault }) => fault?.kind === 'none')) {
    const detail = 'no alarm gates its releases'
    if (compares)
      return { title, outcome: 'note', detail: `${detail}; a canary compares its versions`, field, ...advice }
    const why = 'A release needs --breakglass, and no alarm can roll it back.'
    return { title, outcome: 'warn', detail, why, field, ...advice }
  }
  const wrong = checks.flatMap(({ title: name, outcome, detail }) =>
    outcome === 'pass' ? [] : [`${name.replace(/^alarm /, '')}: ${detail}`],
  )
  const mute = [...unreachable].map(([name, reason]) => `${name} can't fire: ${reason}`)
  const found = [...wrong, ...mute]
  if (found.length > 0) {
    return {
      title,
      outcome: 'warn',
      detail: found.join('; '),
      why: consequence(checks, mute.length > 0),
      field,
      ...advice,
    }
  }
  const count = checks.length === 1 ? '1 alarm watches' : `${checks.length} alarms watch`
  return { title, outcome: 'pass', detail: `${count} the alias and can fire` }
}

function consequence(checks: readonly AlarmCheck[], hasMute: boolean): string {
  const faulty = checks.filter(({ outcome }) => outcome !== 'pass')
  const firesOnly = !hasMute && faulty.every(({ fault }) => fault?.kind === 'firing')
  return firesOnly
    ? 'A release stops at it before any traffic moves, until the alarm is OK again.'
    : 'A gate that can not fire proves nothing about a release.'
}
