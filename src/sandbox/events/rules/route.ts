import type { Delivery, Parcel } from '../../delivery/parcel.ts'
import { type EventPattern, eventPattern } from '../../event-patterns/event-pattern.ts'
import type { ServiceError } from '../../protocol/service-error.ts'
import type { MetricSink } from '../../telemetry.ts'
import type { BusEvent } from './event.ts'
import { inputFor } from './input.ts'
import { defaultBus, type RuleBook, type RuleRecord, type RuleTarget } from './records.ts'

export interface Router {
  book: RuleBook
  delivery: Delivery
  metrics: MetricSink
  /** Milliseconds since the epoch. */
  clock: () => number
}

/** Gives an event to the targets of the enabled rules of its bus whose patterns it fits. */
export async function route(router: Router, bus: string, event: BusEvent): Promise<void> {
  for (const rule of router.book.rulesOf(event, bus)) {
    if (!rule.isEnabled || rule.pattern === undefined || !patternOf(rule.pattern)(event)) continue
    count(router, rule, 'MatchedEvents')
    await trigger(router, rule, event)
  }
}

/** Gives an event to the targets of a rule. */
export async function trigger(router: Router, rule: RuleRecord, event: BusEvent): Promise<void> {
  count(router, rule, 'TriggeredRules')
  for (const target of rule.targets) await invoke(router, rule, target, event)
}

/** Patterns that were read, by their texts: a rule has the same for each event. */
const patterns = new Map<string, EventPattern>()
const mostPatterns = 1000

function patternOf(text: string): EventPattern {
  const known = patterns.get(text)
  if (known) return known
  if (patterns.size >= mostPatterns) patterns.clear()
  const read = eventPattern(text)
  patterns.set(text, read)
  return read
}

/** Targets that refuse an event refuse it for good, so it goes to the dead letters at once. */
async function invoke(router: Router, rule: RuleRecord, target: RuleTarget, event: BusEvent): Promise<void> {
  const { delivery, clock } = router
  const { Arn, SqsParameters, DeadLetterConfig } = target
  const group = SqsParameters?.MessageGroupId
  const parcel: Parcel = {
    body: inputFor(rule, target, event, clock()),
    sender: 'AIDAEVENTS',
    ...(group !== undefined && { group }),
  }
  count(router, rule, 'Invocations')
  const refusal = await delivery.deliver(Arn, parcel, {
    principals: ['events.amazonaws.com'],
    sourceArn: rule.arn,
  })
  if (!refusal) return
  count(router, rule, 'FailedInvocations')
  const deadLetters = DeadLetterConfig?.Arn
  const lost =
    deadLetters === undefined ||
    (await delivery.deliver(deadLetters, deadLetter(rule, target, event, refusal)))
  if (!lost) return count(router, rule, 'InvocationsSentToDlq')
  if (deadLetters !== undefined) count(router, rule, 'InvocationsFailedToBeSentToDlq')
  console.error(`An event of the rule ${rule.name} is lost (${refusal.code}: ${refusal.message}): ${Arn}`)
}

/** The event itself, with the reason in the attributes that EventBridge gives a dead letter. */
function deadLetter(
  rule: RuleRecord,
  { Arn }: RuleTarget,
  event: BusEvent,
  { code, message }: ServiceError,
): Parcel {
  const reasons: Record<string, string> = {
    RULE_ARN: rule.arn,
    TARGET_ARN: Arn,
    ERROR_CODE: code === 'AccessDeniedException' ? 'NO_PERMISSIONS' : 'SDK_CLIENT_ERROR',
    ERROR_MESSAGE: message,
  }
  const attributes = Object.entries(reasons).map(([name, text]) => [name, { type: 'String', text }] as const)
  return { body: JSON.stringify(event), sender: 'AIDAEVENTS', attributes: Object.fromEntries(attributes) }
}

function count({ metrics, clock }: Router, { region, name: RuleName, bus }: RuleRecord, name: string): void {
  const dimensions: Record<string, string> =
    bus === defaultBus ? { RuleName } : { EventBusName: bus, RuleName }
  metrics.record(region, [
    { namespace: 'AWS/Events', dimensions, name, value: 1, unit: 'Count', timestamp: clock() },
  ])
}
