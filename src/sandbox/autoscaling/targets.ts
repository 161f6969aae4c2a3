import { randomUUID } from 'node:crypto'
import type {
  DeregisterScalableTargetRequest,
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
  SuspendedState,
} from '@aws-sdk/client-application-auto-scaling'
import { partitionOf } from '../../function/values/partition.ts'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { bringWithinBounds } from './capacity.ts'
import { page } from './page.ts'
import { removeAlarms } from './policy-alarms.ts'
import {
  dimension,
  namedWords,
  notFound,
  type Scalings,
  type Target,
  targetKey,
  validation,
} from './records.ts'

export function targetOperations(scalings: Scalings): Operations {
  return {
    RegisterScalableTarget: accepting<RegisterScalableTargetRequest>(
      ['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MinCapacity', 'MaxCapacity', 'SuspendedState'],
      (input, call) => register(scalings, input, call),
    ),
    DeregisterScalableTarget: (input: DeregisterScalableTargetRequest, call) =>
      deregister(scalings, input, call),
    DescribeScalableTargets: accepting<DescribeScalableTargetsRequest>(
      ['ServiceNamespace', 'ResourceIds', 'ScalableDimension', 'MaxResults', 'NextToken'],
      (input, call) => describe(scalings, input, call),
    ),
  }
}

async function register(
  scalings: Scalings,
  input: RegisterScalableTargetRequest,
  call: Call,
): Promise<RegisterScalableTargetResponse> {
  const key = targetKey(call, input)
  const known = scalings.targets.get(key)
  const { MinCapacity: min = known?.min, MaxCapacity: max = known?.max } = input
  if (min === undefined || max === undefined) {
    throw validation('MinCapacity and MaxCapacity are required when registering a new scalable target.')
  }
  if (max < min) throw validation('Maximum capacity cannot be less than minimum capacity')
  const target: Target = {
    region: call.region,
    account: call.account,
    resource: input.ResourceId ?? '',
    id: known?.id ?? randomUUID().replaceAll('-', '').slice(0, 30),
    min,
    max,
    suspended: { ...(known?.suspended ?? goesOn), ...input.SuspendedState },
    created: known?.created ?? scalings.clock(),
  }
  await bringWithinBounds(scalings.lambda(), target)
  scalings.targets.set(key, target)
  return { ScalableTargetARN: arnOf(target) }
}

const goesOn: Required<SuspendedState> = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
}

/** Takes the target's policies and scheduled actions with it, and leaves its environments as they are. */
async function deregister(
  scalings: Scalings,
  input: DeregisterScalableTargetRequest,
  call: Call,
): Promise<object> {
  const key = targetKey(call, input)
  const target = scalings.targets.get(key)
  if (!target) throw notFound(`No scalable target found for ${namedWords(input)}`)
  for (const policy of scalings.policies.values())
    if (policy.target === key) await removeAlarms(scalings, policy, target)
  scalings.targets.delete(key)
  for (const records of [scalings.policies, scalings.actions]) {
    for (const [name, record] of records) if (record.target === key) records.delete(name)
  }
  return {}
}

function describe(
  { targets }: Scalings,
  input: DescribeScalableTargetsRequest,
  call: Call,
): DescribeScalableTargetsResponse {
  const isWanted = ({ region, resource }: Target) =>
    region === call.region && (input.ResourceIds?.includes(resource) ?? true)
  const found = input.ServiceNamespace === 'lambda' ? [...targets.values()].filter(isWanted) : []
  const { items, next } = page(found, ({ resource }) => resource, input, 50)
  return {
    ScalableTargets: items.map((target) => ({
      ServiceNamespace: 'lambda',
      ResourceId: target.resource,
      ScalableDimension: dimension,
      MinCapacity: target.min,
      MaxCapacity: target.max,
      RoleARN: `arn:${partitionOf(target.region)}:iam::${target.account}:role/aws-service-role/lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`,
      CreationTime: new Date(target.created),
      SuspendedState: target.suspended,
      ScalableTargetARN: arnOf(target),
    })),
    ...(next !== undefined && { NextToken: next }),
  }
}

function arnOf({ region, account, id }: Target): string {
  return `arn:${partitionOf(region)}:application-autoscaling:${region}:${account}:scalable-target/${id}`
}
