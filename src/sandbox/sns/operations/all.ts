import * as sns from '@aws-sdk/client-sns'
import { operationSchemas, queryErrorCodes, type Service } from '../../protocol/service.ts'
import type { Publish } from '../topics/publisher.ts'
import type { TopicBook } from '../topics/records.ts'
import { listOperations } from './lists.ts'
import { publishOperations } from './publish.ts'
import { subscriptionOperations } from './subscriptions.ts'
import { tagOperations } from './tags.ts'
import { topicOperations } from './topics.ts'

/** The operations of SNS with the schemas of its client. */
export function snsOperations(
  book: TopicBook,
  publish: Publish,
): Pick<Service, 'schemas' | 'operations' | 'queryCodes'> {
  return {
    schemas: operationSchemas(sns),
    queryCodes: queryErrorCodes(sns),
    operations: {
      ...topicOperations(book),
      ...subscriptionOperations(book),
      ...listOperations(book),
      ...tagOperations(book),
      ...publishOperations(book, publish),
    },
  }
}
