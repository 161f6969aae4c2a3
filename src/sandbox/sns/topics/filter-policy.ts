import { type EventPattern, eventPattern } from '../../event-patterns/event-pattern.ts'
import { InvalidPattern } from '../../event-patterns/operators.ts'
import type { MessageAttribute } from '../../sqs/queues/message.ts'
import { invalidParameter } from './errors.ts'
import type { Message } from './message.ts'
import type { SubscriptionRecord } from './records.ts'

/** The reason why a subscription does not get a message, as the names of SNS's metrics end. */
export type FilteredOut = 'MessageAttributes' | 'NoMessageAttributes' | 'MessageBody' | 'InvalidMessageBody'

type Attributes = SubscriptionRecord['attributes']

/** The most keys of a policy. */
const mostKeys = 5

/**
 * Checks the filter policy of a subscription against its scope.
 *
 * @throws ServiceError 400 with SNS's words
 */
export function checkFilterPolicy({ FilterPolicy, FilterPolicyScope }: Attributes): void {
  const scope = FilterPolicyScope ?? 'MessageAttributes'
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody')
    throw invalidParameter(`Attributes Reason: FilterPolicyScope: Invalid value [${scope}].`)
  if (!FilterPolicy) return
  const policy = structureIn(FilterPolicy)
  if (!policy) throw badPolicy('failed to parse JSON.')
  try {
    eventPattern(FilterPolicy)
  } catch (error) {
    if (error instanceof InvalidPattern) throw badPolicy(error.message)
    throw error
  }
  if (keysOf(policy).length > mostKeys) throw badPolicy('Filter policy can not have more than 5 keys')
  if (scope === 'MessageAttributes' && isNested(policy))
    throw badPolicy('Filter policy scope MessageAttributes does not support nested filter policy')
  if (/"wildcard"\s*:/.test(FilterPolicy)) throw badPolicy('Unrecognized match type wildcard')
}

/** @returns why the policy of a subscription does not let a message through; undefined if it does */
export function filteredOut(
  { attributes, protocol }: Pick<SubscriptionRecord, 'attributes' | 'protocol'>,
  message: Message,
): FilteredOut | undefined {
  const { FilterPolicy, FilterPolicyScope } = attributes
  if (!FilterPolicy) return undefined
  const fits = eventPattern(FilterPolicy)
  if (FilterPolicyScope !== 'MessageBody') return byAttributes(fits, message)
  const body = structureIn(message.textFor(protocol))
  if (!body) return 'InvalidMessageBody'
  return fits(body) ? undefined : 'MessageBody'
}

function byAttributes(fits: EventPattern, { attributes = {} }: Message): FilteredOut | undefined {
  const values = Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = valueOf(attribute)
    return value === undefined ? [] : [[name, value] as const]
  })
  if (fits(Object.fromEntries(values))) return undefined
  return values.length === 0 ? 'NoMessageAttributes' : 'MessageAttributes'
}

/** A policy sees no binary attributes, and the values of a `String.Array` each for itself. */
function valueOf({ type, text = '' }: MessageAttribute): unknown {
  if (type === 'String.Array') return parsed(text) ?? text
  if (type.startsWith('Number')) return Number(text)
  return type.startsWith('String') ? text : undefined
}

function badPolicy(reason: string) {
  return invalidParameter(`Attributes Reason: FilterPolicy: ${reason}`)
}

/** The names of the fields with values, in all structures of a policy. */
function keysOf(policy: object): string[] {
  return Object.entries(policy).flatMap(([name, wanted]: [string, unknown]) => {
    if (name === '$or' && Array.isArray(wanted))
      return wanted.flatMap((each) => keysOf(Object(each) as object))
    return Array.isArray(wanted) ? [name] : keysOf(Object(wanted) as object)
  })
}

function isNested(policy: object): boolean {
  return Object.values(policy).some((wanted) => !Array.isArray(wanted))
}

function structureIn(text: string): object | undefined {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
