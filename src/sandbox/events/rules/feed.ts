import { LambdactlError } from '../../../errors/error.ts'
import type { Feed, Feeds } from '../../delivery/feed.ts'
import { eventPattern } from '../../event-patterns/event-pattern.ts'
import { exampleOf } from '../../event-patterns/example.ts'
import { type BusEvent, busEvent, scheduledEvent } from './event.ts'
import type { RuleRecord } from './records.ts'
import { type Router, route, trigger } from './route.ts'

/** Puts an event on the bus of a rule with a function as its target, or triggers the function's schedule. */
export function ruleFeeds(router: Router): Feeds {
  const ruleFor = (target: string, fits: (rule: RuleRecord) => boolean) =>
    [...router.book.rules.values()].find(
      (rule) => rule.isEnabled && fits(rule) && rule.targets.some(({ Arn }) => Arn === target),
    )
  const eventbridge: Feed = async (target, content) => {
    const rule = ruleFor(target, ({ pattern }) => pattern !== undefined)
    if (rule?.pattern === undefined) return undefined
    const event = eventFor(rule, rule.pattern, content, router.clock())
    if (!eventPattern(rule.pattern)(event)) throw notThrough(rule)
    await route(router, rule.bus, event)
    return { through: rule.arn, sent: event }
  }
  const schedule: Feed = async (target) => {
    const rule = ruleFor(target, (each) => each.schedule !== undefined)
    if (!rule) return undefined
    const event = scheduledEvent(rule, router.clock())
    await trigger(router, rule, event)
    return { through: rule.arn, sent: event }
  }
  return { eventbridge, schedule }
}

function eventFor(rule: RuleRecord, pattern: string, content: string | undefined, now: number): BusEvent {
  const example = exampleOf(pattern) ?? {}
  const given = { source: 'sandbox', detailType: 'Sample', detail: {} }
  const detail = content === undefined ? {} : { detail: detailIn(content) }
  return { ...busEvent(rule, given, now), ...example, ...detail }
}

function detailIn(content: string): object {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // The error below says what is expected.
  }
  throw new LambdactlError('USAGE', 'The detail of an event is a JSON object.', {
    next: ['Write one into the file: echo \'{"order": 7}\' > order.json'],
  })
}

function notThrough({ name, pattern }: RuleRecord): LambdactlError {
  return new LambdactlError('USAGE', `The rule ${name} does not let this event through: ${pattern}`, {
    next: ['Give a detail that fits the pattern with --file.'],
  })
}
