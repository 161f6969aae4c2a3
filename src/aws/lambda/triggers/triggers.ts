import {
  type EventSourceMappingConfiguration,
  GetPolicyCommand,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda'
import type { Triggers } from '../../../ports/triggers.ts'
import type { Trigger } from '../../../release/values/observed.ts'
import { ifThere } from '../../answers/expected-errors.ts'
import type { LambdaApi } from '../api.ts'
import { statementsOf } from '../policy-statements.ts'
import { invokeGrants, isOfUrl } from './grants.ts'
import { eventSourceMappings } from './mappings.ts'
import { callerUrls } from './urls.ts'

/** The parts of a resource policy's statement that are read. */
interface Statement {
  Sid?: string
  Principal?: string | Record<string, string>
  Action?: string | readonly string[]
  Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Triggers over the Lambda API: resource policies and event source mappings of the function and of the alias. */
export function lambdaTriggers(api: LambdaApi): Triggers {
  const { call, pages } = api
  const grants = async (functionName: string, qualifier: string | undefined): Promise<Trigger[]> => {
    const answer = await ifThere(
      call(
        `read the resource policy of ${functionName}`,
        new GetPolicyCommand({ FunctionName: functionName, ...(qualifier ? { Qualifier: qualifier } : {}) }),
      ),
    )
    const statements = statementsOf<Statement>(answer?.Policy)
    return statements.map((statement) => ({
      description: describeGrant(statement),
      kind: isOfUrl(statement) ? 'url' : 'grant',
      qualifier,
      principal: principalOf(statement),
    }))
  }

  const mappings = async (functionName: string, qualifier: string | undefined): Promise<Trigger[]> => {
    const name = qualifier ? `${functionName}:${qualifier}` : functionName
    const action = `list the event source mappings of ${name}`
    const found = await pages(action, paginateListEventSourceMappings, { FunctionName: name })
    return found
      .flatMap(({ EventSourceMappings = [] }) => EventSourceMappings)
      .map((mapping) => ({
        description: mapping.EventSourceArn ?? `event source mapping ${mapping.UUID ?? ''}`,
        kind: 'mapping',
        ...(mapping.UUID ? { uuid: mapping.UUID } : {}),
        qualifier,
        ...batchesOf(mapping),
      }))
  }

  return {
    ...eventSourceMappings(api),
    ...invokeGrants(api),
    ...callerUrls(api),
    async list(functionName, alias) {
      const found: Trigger[] = []
      for (const qualifier of [undefined, alias]) {
        found.push(...(await grants(functionName, qualifier)))
        found.push(...(await mappings(functionName, qualifier)))
      }
      return found
    },
  }
}

function batchesOf(mapping: EventSourceMappingConfiguration): Pick<Trigger, 'batches'> {
  const { EventSourceArn: source, FunctionResponseTypes = [], MaximumRetryAttempts: retries = -1 } = mapping
  if (!source) return {}
  const mostConcurrent = mapping.ScalingConfig?.MaximumConcurrency
  const windowSeconds = mapping.MaximumBatchingWindowInSeconds ?? 0
  return {
    batches: {
      source,
      reportsFailedItems: FunctionResponseTypes.includes('ReportBatchItemFailures'),
      ...(retries < 0 ? {} : { retries }),
      onFailure: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
      ...(mostConcurrent === undefined ? {} : { mostConcurrent }),
      ...(windowSeconds === 0 ? {} : { windowSeconds }),
    },
  }
}

function principalOf({ Principal }: Statement): string {
  return typeof Principal === 'string' ? Principal : (Object.values(Principal ?? {})[0] ?? 'somebody')
}

function describeGrant(statement: Statement): string {
  const { Sid } = statement
  const principal = principalOf(statement)
  return Sid ? `${principal} (statement ${Sid})` : principal
}
