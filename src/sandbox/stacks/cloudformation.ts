import type {
  DescribeStackResourcesInput,
  DescribeStacksInput,
  DescribeStacksOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  StackResource,
} from '@aws-sdk/client-cloudformation'
import * as cloudFormation from '@aws-sdk/client-cloudformation'
import { accepting } from '../protocol/accepting.ts'
import { pageOf } from '../protocol/paging.ts'
import { type Call, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { requireStack, resourcesOf, type Stack, stacksOf } from './stack-resources.ts'
import type { LambdaView } from './tagged-functions.ts'

/** CloudFormation's own size of a page of resources. */
const pageSize = 100

/** The reading operations of CloudFormation; README.md tells where its stacks come from. */
export function cloudFormationService(view: LambdaView): Service {
  return {
    signingName: 'cloudformation',
    protocol: {
      kind: 'awsQuery',
      version: '2010-05-15',
      xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    },
    schemas: operationSchemas(cloudFormation),
    operations: {
      DescribeStacks: accepting<DescribeStacksInput>(['StackName'], (input, call) =>
        describeStacks(view, input, call),
      ),
      DescribeStackResources: accepting<DescribeStackResourcesInput>(
        ['StackName', 'LogicalResourceId'],
        async ({ StackName, LogicalResourceId: wanted }, call) => {
          const found = await resourcesOf(view, call, await requireStack(view, call, StackName))
          const isWanted = ({ LogicalResourceId: id }: StackResource) => wanted === undefined || id === wanted
          return { StackResources: found.filter(isWanted).slice(0, pageSize) }
        },
      ),
      ListStackResources: accepting<ListStackResourcesInput>(['StackName', 'NextToken'], (input, call) =>
        listResources(view, input, call),
      ),
    },
  }
}

async function describeStacks(
  view: LambdaView,
  { StackName }: DescribeStacksInput,
  call: Call,
): Promise<DescribeStacksOutput> {
  const found =
    StackName === undefined ? await stacksOf(view, call) : [await requireStack(view, call, StackName)]
  return { Stacks: found.map(describedStack) }
}

function describedStack({ name, id }: Stack): cloudFormation.Stack {
  return { StackName: name, StackId: id, StackStatus: 'CREATE_COMPLETE', CreationTime: new Date(0) }
}

async function listResources(
  view: LambdaView,
  { StackName, NextToken }: ListStackResourcesInput,
  call: Call,
): Promise<ListStackResourcesOutput> {
  const found = await resourcesOf(view, call, await requireStack(view, call, StackName))
  const { items, next } = pageOf(found, ({ LogicalResourceId = '' }) => LogicalResourceId, {
    size: pageSize,
    token: NextToken,
    invalidToken: () => new ServiceError('ValidationError', 400, 'NextToken is invalid'),
  })
  const summaries = items.map(({ StackName: _, StackId: __, Timestamp, ...resource }) => ({
    ...resource,
    LastUpdatedTimestamp: Timestamp,
  }))
  return { StackResourceSummaries: summaries, ...(next !== undefined && { NextToken: next }) }
}
