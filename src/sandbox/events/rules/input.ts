import type { BusEvent } from './event.ts'
import { valueAt } from './json-path.ts'
import type { RuleRecord, RuleTarget } from './records.ts'

/** The text that a target gets for an event: as its input says, or the whole event. */
export function inputFor(
  rule: Pick<RuleRecord, 'arn' | 'name'>,
  target: RuleTarget,
  event: BusEvent,
  receivedAt: number,
): string {
  const { Input, InputPath, InputTransformer } = target
  if (Input !== undefined) return Input
  if (InputPath !== undefined) return JSON.stringify(valueAt(InputPath, event)) ?? 'null'
  if (!InputTransformer) return JSON.stringify(event)
  const { InputPathsMap = {}, InputTemplate } = InputTransformer
  const { detail: _, ...withoutDetail } = event
  const values = new Map<string, unknown>([
    ...Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(path, event)] as const),
    ['aws.events.rule-arn', rule.arn],
    ['aws.events.rule-name', rule.name],
    ['aws.events.event.ingestion-time', new Date(receivedAt).toISOString()],
    ['aws.events.event', withoutDetail],
    ['aws.events.event.json', event],
  ])
  return filled(InputTemplate, values)
}

/** A placeholder, or a part of a text in quotes that has none. */
const token = /<([\w.-]+)>|\\.|"/g

/**
 * Puts values in the places of `<name>`. In JSON, a value outside quotes is JSON, and one inside quotes goes into its
 * text. A variable that the event does not have is left out: it is an empty text.
 */
function filled(template: string, values: ReadonlyMap<string, unknown>): string {
  const isJson = /^\s*[[{"]/.test(template)
  let isQuoted = false
  return template.replaceAll(token, (found, name: string | undefined) => {
    if (found === '"') isQuoted = !isQuoted
    if (name === undefined || !values.has(name)) return found
    const value = values.get(name) ?? ''
    if (isJson && !isQuoted) return JSON.stringify(value)
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return isQuoted ? JSON.stringify(text).slice(1, -1) : text
  })
}
