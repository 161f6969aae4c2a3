import { LambdactlError } from '../../errors/error.ts'
import type { StackFunction, Stacks } from '../../ports/stacks.ts'
import { isNamed } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** Stacks over CloudFormation. */
export function cloudFormationStacks(connection: Connection): Stacks {
  const api = loadService(
    connection,
    'CloudFormation',
    () => import('@aws-sdk/client-cloudformation'),
    ({ CloudFormationClient }, config) => new CloudFormationClient(config),
  )
  const functions = async (stack: string, nested: readonly string[] = []): Promise<StackFunction[]> => {
    const { pages, sdk } = await api()
    const reading = pages(`list the resources of the stack ${stack}`, sdk.paginateListStackResources, {
      StackName: stack,
    })
    const found = await reading.catch((error: unknown) => {
      throw notThere(stack, error) ?? error
    })
    const resources = found.flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries)
    const ofType = (wanted: string) =>
      resources.flatMap(({ ResourceType, LogicalResourceId, PhysicalResourceId, ResourceStatus }) =>
        ResourceType === wanted && PhysicalResourceId !== undefined && ResourceStatus !== 'DELETE_COMPLETE'
          ? [{ logicalId: LogicalResourceId ?? '', name: PhysicalResourceId }]
          : [],
      )
    const inner = ofType('AWS::CloudFormation::Stack').map(({ logicalId, name }) =>
      functions(name, [...nested, logicalId]),
    )
    const own = ofType('AWS::Lambda::Function').map(({ logicalId, name }) => ({
      logicalId,
      nested,
      lambdaName: name,
    }))
    return [...own, ...(await Promise.all(inner)).flat()]
  }
  return { functions: (stack) => functions(stack) }
}

/** CloudFormation has no error of its own for it. */
function notThere(stack: string, error: unknown): LambdactlError | undefined {
  if (!isNamed(error, 'ValidationError') || !/does not exist/.test(String(error))) return undefined
  return new LambdactlError('NOT_FOUND', `The stack ${stack} does not exist here.`, {
    next: ['Check its name, the Region and the account, or deploy it first.'],
    cause: error,
  })
}
