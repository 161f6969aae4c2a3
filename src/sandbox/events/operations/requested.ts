import type { Call } from '../../protocol/service.ts'
import { noBus, noRule } from '../rules/errors.ts'
import { defaultBus, type RuleBook, type RuleRecord, ruleArn } from '../rules/records.ts'

/** The name of the bus that a request names by its name or ARN. @throws ServiceError 400 */
export function requestedBus(book: RuleBook, call: Call, given: string = defaultBus): string {
  const name = given.startsWith('arn:') ? given.slice(given.indexOf('/') + 1) : given
  if (!book.hasBus(call, name)) throw noBus(name)
  return name
}

/** @throws ServiceError 400 */
export function requestedRule(
  book: RuleBook,
  call: Call,
  { name = '', bus: given }: { name: string | undefined; bus: string | undefined },
): RuleRecord {
  const bus = requestedBus(book, call, given)
  const rule = book.rules.get(ruleArn(call, bus, name))
  if (!rule) throw noRule(name, bus)
  return rule
}
