import * as eventbridge from '@aws-sdk/client-eventbridge'
import { checked } from '../../constraints/check-input.ts'
import constraints from '../../constraints/models/events.json' with { type: 'json' }
import { accepting } from '../../protocol/accepting.ts'
import { operationSchemas, type Service } from '../../protocol/service.ts'
import { invalid } from '../rules/errors.ts'
import type { Router } from '../rules/route.ts'
import { busOperations } from './buses.ts'
import { testEventPattern } from './patterns.ts'
import { putEvents } from './put-events.ts'
import { ruleOperations } from './rules.ts'
import { tagOperations } from './tags.ts'
import { targetOperations } from './targets.ts'

/** The operations of EventBridge with the schemas of its client. */
export function eventOperations(router: Router): Pick<Service, 'schemas' | 'operations'> {
  const { book, clock } = router
  const operations = {
    ...busOperations(book, clock),
    ...ruleOperations(book, clock),
    ...targetOperations(book),
    ...tagOperations(book),
    PutEvents: accepting<eventbridge.PutEventsRequest>(['Entries'], (input, call) =>
      putEvents(router, input, call),
    ),
    TestEventPattern: (input: eventbridge.TestEventPatternRequest) => testEventPattern(input),
  }
  return { schemas: operationSchemas(eventbridge), operations: checked(operations, constraints, invalid) }
}
