import type { PutScalingPolicyRequest, SuspendedState } from '@aws-sdk/client-application-auto-scaling'
import { partitionOf } from '../../function/values/partition.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { KeptMap } from '../state/kept-map.ts'

/** The only dimension of Lambda. */
export const dimension = 'lambda:function:ProvisionedConcurrency'

export interface Target {
  region: string
  account: string
  /** `function:<name>:<alias or version>`. */
  resource: string
  id: string
  min: number
  max: number
  suspended: Required<SuspendedState>
  created: number
}

export interface Policy {
  target: string
  name: string
  arn: string
  type: NonNullable<PutScalingPolicyRequest['PolicyType']>
  configuration: Pick<
    PutScalingPolicyRequest,
    'TargetTrackingScalingPolicyConfiguration' | 'StepScalingPolicyConfiguration'
  >
  created: number
}

export interface Action {
  target: string
  name: string
  arn: string
  schedule: string
  timezone?: string | undefined
  /** Milliseconds since the epoch. */
  from?: number | undefined
  until?: number | undefined
  min?: number | undefined
  max?: number | undefined
  created: number
}

/** All records by the key of their target, policies and actions with their name after it. */
export interface Scalings {
  targets: KeptMap<Target>
  policies: KeptMap<Policy>
  actions: KeptMap<Action>
  clock: () => number
  /** The operations of the sandbox's own services. */
  lambda: () => Operations
  cloudWatch: () => Operations
}

/** The members that name a target. */
export interface Named {
  ServiceNamespace?: string | undefined
  ResourceId?: string | undefined
  ScalableDimension?: string | undefined
}

/** @throws ServiceError 400 for anything but a version or an alias of a function of Lambda */
export function targetKey(
  { region }: Call,
  { ServiceNamespace, ResourceId = '', ScalableDimension }: Named,
): string {
  const isKnown = ServiceNamespace === 'lambda' && (ScalableDimension ?? dimension) === dimension
  if (isKnown && /^function:[\w-]{1,64}:[\w-]{1,128}$/.test(ResourceId)) return `${region} ${ResourceId}`
  throw validation('Unsupported service namespace, resource type or scalable dimension')
}

/** @throws ServiceError 400 that says so in AWS's words */
export function requireTarget(scalings: Scalings, call: Call, named: Named): [string, Target] {
  const key = targetKey(call, named)
  const target = scalings.targets.get(key)
  if (target) return [key, target]
  throw notFound(`No scalable target registered for ${namedWords(named)}`)
}

export function namedWords({ ServiceNamespace, ResourceId, ScalableDimension }: Named): string {
  return `service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}`
}

export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ObjectNotFoundException', 400, message)
}

/** Their ARNs begin with those of EC2 Auto Scaling, as AWS has them. */
export function policyArn(
  call: Call,
  kind: 'scalingPolicy' | 'scheduledAction',
  id: string,
  of: string,
): string {
  const { region, account } = call
  return `arn:${partitionOf(region)}:autoscaling:${region}:${account}:${kind}:${id}:${of}`
}
