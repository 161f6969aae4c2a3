import {
  type EventSourceMappingConfiguration,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import type { TestSandbox } from '../sandbox.ts'
import type { Service } from '../service.ts'

/** An ARN in the account of a sandbox. */
export const here = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:000000000000:${rest}`

interface SeenMapping extends EventSourceMappingConfiguration {
  /** The trigger that its tag names. */
  trigger?: string | undefined
}

/** The mappings of a service's alias, by the names of their sources. */
export async function mappings(
  { lambda }: TestSandbox,
  { lambdaName }: Pick<Service, 'lambdaName'>,
): Promise<Record<string, SeenMapping>> {
  const command = new ListEventSourceMappingsCommand({ FunctionName: `${lambdaName}:live` })
  const { EventSourceMappings = [] } = await lambda.send(command)
  const present = EventSourceMappings.filter(({ State }) => State !== 'Deleting')
  const found = await Promise.all(
    present.map(async (mapping): Promise<[string, SeenMapping]> => {
      const { Tags = {} } = await lambda.send(
        new ListTagsCommand({ Resource: mapping.EventSourceMappingArn }),
      )
      const trigger = Tags['lambdactl:trigger']
      return [mapping.EventSourceArn?.split(':')[5] ?? '', { ...mapping, trigger }]
    }),
  )
  return Object.fromEntries(found)
}

interface Statement {
  Sid: string
  Principal: { Service?: string; AWS?: string }
  Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The statements of the policy of a service's alias. */
export async function statements(
  { lambda }: TestSandbox,
  { lambdaName }: Pick<Service, 'lambdaName'>,
): Promise<Statement[]> {
  const command = new GetPolicyCommand({ FunctionName: lambdaName, Qualifier: 'live' })
  const { Policy = '{"Statement":[]}' } = await lambda.send(command).catch((): { Policy?: string } => ({}))
  return (JSON.parse(Policy) as { Statement: Statement[] }).Statement
}
