import type { ServiceError } from '../../protocol/service-error.ts'
import { invalidArgument, refused } from '../storage/errors.ts'
import type { NotificationRule } from '../storage/notifications.ts'

/** Refuses rules of which two would take the same event of the same object. @throws ServiceError 400 */
export function checkOverlaps(rules: readonly NotificationRule[]): void {
  for (const [index, rule] of rules.entries()) {
    for (const other of rules.slice(index + 1)) {
      if (rule.id === other.id) {
        throw refused('InvalidArgument', 'Same ID used for multiple configurations. IDs must be unique')
      }
      if (shareEvents(rule, other) && shareKeys(rule, other)) throw overlapping(rule, other)
    }
  }
}

/** Tells whether a rule's event, as in `s3:ObjectCreated:*`, takes an event of S3. */
export function covers(wanted: string, event: string): boolean {
  return wanted === event || (wanted.endsWith(':*') && event.startsWith(wanted.slice(0, -1)))
}

function shareEvents({ events }: NotificationRule, other: NotificationRule): boolean {
  return events.some((event) => other.events.some((each) => covers(event, each) || covers(each, event)))
}

function shareKeys(
  { prefix = '', suffix = '' }: NotificationRule,
  { prefix: otherPrefix = '', suffix: otherSuffix = '' }: NotificationRule,
): boolean {
  const samePrefix = prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)
  return samePrefix && (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix))
}

/** 400; rules without any filter get a text of their own. */
function overlapping(rule: NotificationRule, other: NotificationRule): ServiceError {
  const isFiltered = [rule, other].some(({ prefix, suffix }) => prefix !== undefined || suffix !== undefined)
  if (!isFiltered) {
    const message =
      'Configurations overlap. Configurations on the same bucket cannot share a common event type.'
    return invalidArgument(message, 'Event', [...rule.events, ...other.events].join(', '))
  }
  const message =
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
  return refused('InvalidArgument', message)
}
