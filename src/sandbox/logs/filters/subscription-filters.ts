import type {
  DeleteSubscriptionFilterRequest,
  DescribeSubscriptionFiltersRequest,
  DescribeSubscriptionFiltersResponse,
  Distribution,
  PutSubscriptionFilterRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Functions } from '../../functions.ts'
import { notImplemented } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter, limitExceeded } from '../errors.ts'
import type { LogStore } from '../log-store.ts'
import { checkGroupName, groupArn } from '../names.ts'
import { describePage } from '../paging.ts'
import { parsePattern } from '../patterns/filter-pattern.ts'
import type { FilterBook, NamedFilter } from './filter-book.ts'

/** A subscription filter of a group; its destination is a function. */
export interface SubscriptionRecord extends NamedFilter {
  account: string
  created: number
  pattern: string
  destinationArn: string
  distribution: string
}

const mostOfGroup = 2

export interface SubscriptionContext {
  store: LogStore
  filters: FilterBook<SubscriptionRecord>
  functions: Functions
  clock: () => number
}

/** The subscription filters of a Region's groups. Functions are the only destinations at the sandbox. */
export function subscriptionOperations(context: SubscriptionContext): Operations {
  const { store, filters } = context
  return {
    PutSubscriptionFilter: (input: PutSubscriptionFilterRequest, call: Call) => put(context, input, call),
    DeleteSubscriptionFilter(input: DeleteSubscriptionFilterRequest, { region }: Call): object {
      const name = input.filterName ?? ''
      const group = store.group(checkGroupName(input.logGroupName))
      if (filters.remove({ region, groupName: group.name, name })) return {}
      const message = 'The specified subscription filter does not exist.'
      throw new ServiceError('ResourceNotFoundException', 400, message)
    },
    DescribeSubscriptionFilters(
      input: DescribeSubscriptionFiltersRequest,
    ): DescribeSubscriptionFiltersResponse {
      const group = store.group(checkGroupName(input.logGroupName))
      const found = filters.of(group).filter(({ name }) => name.startsWith(input.filterNamePrefix ?? ''))
      const { page, ...token } = describePage(found, ({ name }) => name, input)
      return { subscriptionFilters: page.map(described), ...token }
    },
  }
}

async function put(
  { store, filters, functions, clock }: SubscriptionContext,
  input: PutSubscriptionFilterRequest,
  call: Call,
): Promise<object> {
  const { filterPattern = '', destinationArn = '', distribution = 'ByLogStream' } = input
  const name = input.filterName ?? ''
  if (input.fieldSelectionCriteria ?? input.emitSystemFields)
    throw notImplemented('subscription filters with system fields')
  if (input.applyOnTransformedLogs) throw notImplemented('transformed logs (applyOnTransformedLogs)')
  parsePattern(filterPattern)
  checkDestination(input, call)
  const group = store.group(checkGroupName(input.logGroupName))
  if (filters.of(group).filter((other) => other.name !== name).length >= mostOfGroup) throw limitExceeded()
  const principals = ['logs.amazonaws.com', `logs.${call.region}.amazonaws.com`]
  const sourceArn = `${groupArn(call, group.name)}:*`
  if (!(await functions.allows(destinationArn, { principals, sourceArn }))) {
    throw invalidParameter(
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    )
  }
  filters.put({
    region: call.region,
    account: call.account,
    groupName: group.name,
    name,
    created: clock(),
    pattern: filterPattern,
    destinationArn,
    distribution,
  })
  return {}
}

function checkDestination({ destinationArn = '', roleArn }: PutSubscriptionFilterRequest, call: Call): void {
  const [, , vendor, , account] = destinationArn.split(':')
  if (vendor === undefined) throw invalidParameter(`Invalid destinationArn: ${destinationArn}`)
  if (vendor !== 'lambda') {
    if (roleArn === undefined && (vendor === 'kinesis' || vendor === 'firehose'))
      throw invalidParameter(`destinationArn for vendor ${vendor} cannot be used without roleArn`)
    throw notImplemented(`subscription filters to ${vendor}`)
  }
  if (account === call.account) return
  const message =
    'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.'
  throw new ServiceError('AccessDeniedException', 400, message)
}

function described({ name, groupName, created, pattern, destinationArn, distribution }: SubscriptionRecord) {
  return {
    filterName: name,
    logGroupName: groupName,
    filterPattern: pattern,
    destinationArn,
    distribution: distribution as Distribution,
    applyOnTransformedLogs: false,
    creationTime: created,
  }
}
