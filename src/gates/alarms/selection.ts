import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { AlarmState } from '../../release/values/observed.ts'

/** The question to CloudWatch that finds all selected alarms in one read. */
export interface AlarmQuery {
  names: readonly string[]
  prefixes: readonly string[]
}

/** The alarms that selectors found. */
export interface AlarmSelection {
  /** In the order of their selection, each alarm once. */
  alarms: readonly AlarmState[]
  unfound: readonly Unfound[]
}

/** A selector that finds no alarm that could be watched here. */
interface Unfound {
  /** The selector as a person wrote it; `checkout-*` for a prefix. */
  wanted: string
  reason: string
  /** `missing`: no alarm has that name; `another`: the selector needs an alarm of another name. */
  fault: { kind: 'missing' | 'another'; alarm: string }
}

/** The query for some selectors; an ARN is looked up by its name. */
export function alarmQuery(selectors: readonly AlarmSelector[]): AlarmQuery {
  return {
    names: selectors.flatMap((each) => (typeof each === 'string' ? (nameOf(each) ?? []) : [])),
    prefixes: selectors.flatMap((each) => (typeof each === 'string' ? [] : [each.prefix])),
  }
}

/**
 * The selected alarms among those that CloudWatch returned.
 *
 * @param known may include alarms that no selector asked for
 */
export function selectAlarms(
  selectors: readonly AlarmSelector[],
  known: readonly AlarmState[],
): AlarmSelection {
  const alarms = new Map<string, AlarmState>()
  const unfound: Unfound[] = []
  for (const selector of selectors) {
    const found = select(selector, known)
    if ('reason' in found) unfound.push(found)
    else for (const alarm of found) alarms.set(alarm.name, alarm)
  }
  return { alarms: [...alarms.values()], unfound }
}

function select(selector: AlarmSelector, known: readonly AlarmState[]): readonly AlarmState[] | Unfound {
  if (typeof selector !== 'string') return withPrefix(selector.prefix, known)
  if (isArn(selector)) return withArn(selector, known)
  const alarm = known.find(({ name }) => name === selector)
  return alarm ? [alarm] : { wanted: selector, reason: unknown, fault: { kind: 'missing', alarm: selector } }
}

const unknown = 'CloudWatch has no alarm with that name in this account and Region'

function withPrefix(prefix: string, known: readonly AlarmState[]): readonly AlarmState[] | Unfound {
  const found = known.filter(({ name }) => name.startsWith(prefix))
  if (found.length > 0) return found
  return {
    wanted: `${prefix}*`,
    reason: 'CloudWatch has no alarm whose name begins like that in this account and Region',
    fault: { kind: 'missing', alarm: `${prefix}errors` },
  }
}

/** An alarm of the same name in another account or Region is a different one, and can't be read from here. */
function withArn(arn: string, known: readonly AlarmState[]): readonly AlarmState[] | Unfound {
  const parts = partsOf(arn)
  const fault = { kind: 'another' as const, alarm: arn }
  if (!parts) {
    const reason = "expected an alarm's ARN, arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME"
    return { wanted: arn, reason, fault }
  }
  const alarm = known.find(({ name }) => name === parts.name)
  if (alarm?.arn === arn) return [alarm]
  const here = partsOf(alarm?.arn ?? known[0]?.arn ?? '')
  if (!here || here.place === parts.place) {
    const reason = `${unknown}; the ARN names ${parts.place}`
    return { wanted: arn, reason, fault: { kind: 'missing', alarm: parts.name } }
  }
  const reason = `it is in ${parts.place}, and this release reads only the alarms of ${here.place}`
  return { wanted: arn, reason, fault }
}

function isArn(text: string): boolean {
  return text.startsWith('arn:')
}

function nameOf(selector: string): string | undefined {
  return isArn(selector) ? partsOf(selector)?.name : selector
}

/** The parts of an alarm's ARN; undefined for other text. A name may hold colons. */
function partsOf(arn: string): { place: string; name: string } | undefined {
  const [, region, account, name] = /^arn:[^:]+:cloudwatch:([^:]+):(\d{12}):alarm:(.+)$/s.exec(arn) ?? []
  return name === undefined ? undefined : { place: `${region}, account ${account}`, name }
}
