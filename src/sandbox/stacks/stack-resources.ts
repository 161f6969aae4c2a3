import type { StackResource } from '@aws-sdk/client-cloudformation'
import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { LambdaView, TaggedFunction } from './tagged-functions.ts'

const stackTag = 'aws:cloudformation:stack-name'
const idTag = 'aws:cloudformation:logical-id'

/** A stack as its functions' tags tell of it. */
export interface Stack {
  name: string
  id: string
  functions: readonly TaggedFunction[]
}

/** All stacks, by name. */
export async function stacksOf(view: LambdaView, call: Call): Promise<Stack[]> {
  const byName = Map.groupBy(await view.functions(call), ({ tags }) => tags[stackTag])
  return [...byName].flatMap(([name, functions]) =>
    name === undefined ? [] : [{ name, id: stackId(call, name, functions), functions }],
  )
}

/**
 * @param named a name or an id
 * @throws ServiceError 400 for a stack that is not there
 */
export async function requireStack(view: LambdaView, call: Call, named = ''): Promise<Stack> {
  const found = (await stacksOf(view, call)).find(({ name, id }) => named === name || named === id)
  if (found) return found
  throw new ServiceError('ValidationError', 400, `Stack with id ${named} does not exist`)
}

/** The functions of a stack and their aliases, which are resources of it too. */
export async function resourcesOf(
  view: LambdaView,
  call: Call,
  { name, id, functions }: Stack,
): Promise<StackResource[]> {
  const common = {
    StackName: name,
    StackId: id,
    ResourceStatus: 'CREATE_COMPLETE',
    Timestamp: new Date(0),
  } as const
  const found = await Promise.all(
    functions.map(async ({ name: lambdaName, tags }) => {
      const logicalId = tags[idTag] ?? lambdaName
      const aliases = await view.aliases(call, lambdaName)
      return [
        {
          ...common,
          LogicalResourceId: logicalId,
          PhysicalResourceId: lambdaName,
          ResourceType: 'AWS::Lambda::Function',
        },
        ...aliases.map(({ Name, AliasArn }) => ({
          ...common,
          LogicalResourceId: `${logicalId}Alias${Name}`,
          PhysicalResourceId: AliasArn,
          ResourceType: 'AWS::Lambda::Alias',
        })),
      ]
    }),
  )
  return found.flat()
}

/** The tag with the id, as CloudFormation gives it; else one that is the same at each call. */
function stackId({ account, region }: Call, name: string, functions: readonly TaggedFunction[]): string {
  const told = functions.find(({ tags }) => tags['aws:cloudformation:stack-id'])?.tags
  return (
    told?.['aws:cloudformation:stack-id'] ??
    `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-4000-8000-000000000000`
  )
}
