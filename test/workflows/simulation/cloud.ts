import type { AliasSettings } from '../../../src/ports/aliases.ts'
import type { JournalEntry } from '../../../src/ports/journal.ts'
import type { Minute } from '../../../src/release/plan/comparison.ts'
import type { AlarmState, AliasState } from '../../../src/release/values/observed.ts'
import { traffic } from '../../gates/comparison-traffic.ts'
import { awsError } from '../calls.ts'
import { type ProvisionedModel, provisionedModel } from '../provisioned-model.ts'
import { start } from '../world.ts'
import type { Script } from './scenario.ts'
import type { Timeline } from './timeline.ts'

/** One AWS, which all processes of a life share: an alias with revisions, alarms by script, a journal. */
export interface Cloud {
  alias(): AliasState | undefined
  /** Refuses what Lambda refuses, a stale revision above all. */
  write(settings: AliasSettings, revisionId: string | undefined): AliasState
  /** Somebody else changes it, or deletes it. True when that made a difference. */
  byHand(change: Partial<AliasState> | 'delete'): boolean
  alarms(names: readonly string[]): AlarmState[]
  /** The same in every minute. */
  traffic(from: number, until: number): Minute[]
  journal: Map<string, JournalEntry[]>
  /** Versions that somebody deleted. */
  missing: Set<string>
  provisioned: ProvisionedModel
}

export function cloud(
  time: Timeline,
  first: Omit<AliasState, 'revisionId'> | undefined,
  scripts: Readonly<Record<string, Script>>,
  invocationsAMinute: number,
): Cloud {
  let revision = 1
  let alias: AliasState | undefined = first && { ...first, revisionId: 'revision-1' }
  const missing = new Set<string>()
  const put = (next: Omit<AliasState, 'revisionId'>): AliasState => {
    revision += 1
    alias = { ...next, revisionId: `revision-${revision}` }
    return alias
  }
  return {
    alias: () => alias,
    provisioned: provisionedModel(time.now, () => alias),
    journal: new Map(),
    missing,
    write({ version, weight, description }, revisionId) {
      if (revisionId === undefined && alias) throw awsError('CONFLICT', 'Alias already exists')
      if (revisionId !== undefined && !alias) throw awsError('NOT_FOUND', 'Alias not found')
      if (revisionId !== alias?.revisionId)
        throw awsError('CONFLICT', 'The Revision Id provided does not match the latest Revision Id')
      const gone = [version, weight?.version].find((each) => each !== undefined && missing.has(each))
      if (gone !== undefined) throw awsError('NOT_FOUND', `Function not found: shop-checkout-prod:${gone}`)
      if (weight?.version === version) throw awsError('AWS_REFUSED', `${version} is already included`)
      return put({ name: 'live', version, ...(weight ? { weight } : {}), description })
    },
    byHand(change) {
      const before = alias
      if (change === 'delete') alias = undefined
      else if (alias) {
        const { weight, ...next } = { ...alias, ...change }
        put({ ...next, ...(weight && weight.version !== next.version ? { weight } : {}) })
      }
      return facts(before) !== facts(alias)
    },
    traffic: (from, until) => minutesOf(invocationsAMinute, from, until),
    alarms: (names) => names.flatMap((name) => alarmNow(name, scripts[name] ?? [], time.now() - start)),
  }
}

function minutesOf(invocations: number, from: number, until: number): Minute[] {
  const each = traffic(invocations, 0)
  return Array.from({ length: Math.ceil((until - from) / 60_000) }, (_, nth) => ({
    time: from + nth * 60_000,
    candidate: each,
    stable: each,
  }))
}

/** Of an alias, all that a change by hand may change. */
function facts(alias: AliasState | undefined): string {
  return alias
    ? [alias.version, alias.weight?.version, alias.weight?.percent, alias.description].join()
    : 'none'
}

/** As with CloudWatch, `since` is when the condition last became another one. */
function alarmNow(name: string, script: Script, now: number): AlarmState[] {
  const past = script.filter(({ after }) => after <= now)
  const found = past.at(-1)
  if (found?.condition === undefined) return []
  const { condition, reason } = found
  const since = past[past.findLastIndex((one) => one.condition !== condition) + 1] ?? found
  const arn = `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`
  return [{ name, arn, condition, reason, since: start + since.after }]
}
