import type {
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
  ListExecutionsInput,
  ListExecutionsOutput,
  ListStateMachinesInput,
  ListStateMachinesOutput,
} from '@aws-sdk/client-sfn'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { StatesContext } from '../records.ts'
import { requireExecution } from './executions.ts'
import { requireMachine } from './machines.ts'

const paging = ['maxResults', 'nextToken'] as const

export function listOperations(context: StatesContext): Operations {
  return {
    ListStateMachines: accepting<ListStateMachinesInput>(
      [...paging],
      (input, { region }): ListStateMachinesOutput => {
        const all = [...context.machines.values()].filter(({ arn }) => arn.split(':')[3] === region)
        const { page, nextToken } = pageOf(all, input, 100)
        const stateMachines = page.map(({ arn, name, type, created }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: new Date(created),
        }))
        return { stateMachines, nextToken }
      },
    ),
    ListExecutions: accepting<ListExecutionsInput>(
      ['stateMachineArn', 'statusFilter', ...paging],
      ({ stateMachineArn, statusFilter, ...asked }): ListExecutionsOutput => {
        const machine = requireMachine(context, stateMachineArn)
        const all = [...context.executions.values()]
          .filter(
            ({ machineArn, status }) => machineArn === machine.arn && status === (statusFilter ?? status),
          )
          .toSorted((one, other) => other.started - one.started)
        const { page, nextToken } = pageOf(all, asked, 100)
        const executions = page.map(({ arn, name, status, started, stopped }) => ({
          executionArn: arn,
          stateMachineArn: machine.arn,
          name,
          status,
          startDate: new Date(started),
          stopDate: stopped === undefined ? undefined : new Date(stopped),
        }))
        return { executions, nextToken }
      },
    ),
    GetExecutionHistory: accepting<GetExecutionHistoryInput>(
      ['executionArn', 'reverseOrder', 'includeExecutionData', ...paging],
      ({ executionArn, reverseOrder, ...asked }): GetExecutionHistoryOutput => {
        const { history } = requireExecution(context, executionArn)
        const { page, nextToken } = pageOf(reverseOrder ? history.toReversed() : history, asked, 100)
        return {
          events: page.map((event) => ({ ...event, timestamp: new Date(event.timestamp) })),
          nextToken,
        }
      },
    ),
  }
}

interface Asked {
  maxResults?: number | undefined
  nextToken?: string | undefined
}

/** One page; the token is the place of the next one. */
function pageOf<Item>(items: readonly Item[], { maxResults, nextToken = '0' }: Asked, usual: number) {
  if (!/^\d+$/.test(nextToken)) throw new ServiceError('InvalidToken', 400, `Invalid Token: '${nextToken}'`)
  const from = Number(nextToken)
  const to = from + (maxResults || usual)
  return { page: items.slice(from, to), nextToken: to < items.length ? String(to) : undefined }
}
