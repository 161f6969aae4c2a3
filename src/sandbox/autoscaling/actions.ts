import { randomUUID } from 'node:crypto'
import type {
  DeleteScheduledActionRequest,
  DescribeScheduledActionsRequest,
  DescribeScheduledActionsResponse,
  PutScheduledActionRequest,
} from '@aws-sdk/client-application-auto-scaling'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { described } from './described.ts'
import {
  type Action,
  dimension,
  namedWords,
  notFound,
  policyArn,
  requireTarget,
  type Scalings,
  targetKey,
  validation,
} from './records.ts'
import { checkSchedule } from './schedules.ts'

export function actionOperations(scalings: Scalings): Operations {
  return {
    PutScheduledAction: accepting<PutScheduledActionRequest>(
      [
        'ServiceNamespace',
        'ScheduledActionName',
        'ResourceId',
        'ScalableDimension',
        'Schedule',
        'Timezone',
        'StartTime',
        'EndTime',
        'ScalableTargetAction',
      ],
      (input, call) => put(scalings, input, call),
    ),
    DeleteScheduledAction: (input: DeleteScheduledActionRequest, call) => {
      if (scalings.actions.delete(`${targetKey(call, input)} ${input.ScheduledActionName}`)) return {}
      const named = `${namedWords(input)}, scheduled action name: ${input.ScheduledActionName}`
      throw notFound(`No scheduled action found for ${named}`)
    },
    DescribeScheduledActions: accepting<DescribeScheduledActionsRequest>(
      [
        'ServiceNamespace',
        'ResourceId',
        'ScalableDimension',
        'ScheduledActionNames',
        'MaxResults',
        'NextToken',
      ],
      (input, call) => describe(scalings, input, call),
    ),
  }
}

/** The parts that a request leaves out stay. */
function put(scalings: Scalings, input: PutScheduledActionRequest, call: Call): object {
  const [target, { resource }] = requireTarget(scalings, call, input)
  const name = input.ScheduledActionName ?? ''
  const key = `${target} ${name}`
  const known = scalings.actions.get(key)
  const schedule = input.Schedule ?? known?.schedule
  if (schedule === undefined) throw validation('Schedule is required')
  const { MinCapacity: min = known?.min, MaxCapacity: max = known?.max } = input.ScalableTargetAction ?? {}
  if (min === undefined && max === undefined) {
    throw validation('Either MinCapacity or MaxCapacity must be specified for ScalableTargetAction')
  }
  if (min !== undefined && max !== undefined && max < min) {
    throw validation('Maximum capacity cannot be less than minimum capacity')
  }
  const of = `resource/lambda/${resource}:scheduledActionName/${name}`
  const action: Action = {
    target,
    name,
    arn: known?.arn ?? policyArn(call, 'scheduledAction', randomUUID(), of),
    schedule,
    timezone: input.Timezone ?? known?.timezone,
    from: input.StartTime?.getTime() ?? known?.from,
    until: input.EndTime?.getTime() ?? known?.until,
    min,
    max,
    created: known?.created ?? scalings.clock(),
  }
  checkSchedule(action)
  scalings.actions.set(key, action)
  return {}
}

function describe(
  scalings: Scalings,
  input: DescribeScheduledActionsRequest,
  { region }: Call,
): DescribeScheduledActionsResponse {
  const asked = { ...input, names: input.ScheduledActionNames }
  const { items, next } = described(scalings, scalings.actions, { region, asked, usual: 50 })
  return {
    ScheduledActions: items.map(({ item: action, target }) => ({
      ScheduledActionName: action.name,
      ScheduledActionARN: action.arn,
      ServiceNamespace: 'lambda',
      Schedule: action.schedule,
      Timezone: action.timezone,
      ResourceId: target.resource,
      ScalableDimension: dimension,
      ...(action.from !== undefined && { StartTime: new Date(action.from) }),
      ...(action.until !== undefined && { EndTime: new Date(action.until) }),
      ScalableTargetAction: {
        ...(action.min !== undefined && { MinCapacity: action.min }),
        ...(action.max !== undefined && { MaxCapacity: action.max }),
      },
      CreationTime: new Date(action.created),
    })),
    ...(next !== undefined && { NextToken: next }),
  }
}
