import type { TestEventPatternRequest, TestEventPatternResponse } from '@aws-sdk/client-eventbridge'
import { type EventPattern, eventPattern } from '../../event-patterns/event-pattern.ts'
import { InvalidPattern } from '../../event-patterns/operators.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalid } from '../rules/errors.ts'

/** @throws ServiceError 400 */
export function checkPattern(text: string): EventPattern {
  try {
    const pattern = eventPattern(text)
    if (Object.keys(Object(JSON.parse(text)) as object).length === 0)
      throw new InvalidPattern('Event pattern is empty')
    return pattern
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    const message = `Event pattern is not valid. Reason: ${error.message}`
    throw new ServiceError('InvalidEventPatternException', 400, message)
  }
}

/** The members that TestEventPattern asks of an event. */
const needed = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type']

export function testEventPattern({
  EventPattern: pattern = '',
  Event = '',
}: TestEventPatternRequest): TestEventPatternResponse {
  const fits = checkPattern(pattern)
  const event = objectIn(Event)
  const missing = event && needed.find((name) => !Object.hasOwn(event, name))
  if (!event || missing !== undefined) {
    const reason = event ? `: event is missing ${missing}` : ''
    throw invalid(`Parameter Event is not valid${reason}.`)
  }
  return { Result: fits(event) }
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
