import type { ScalableTarget, ScalingPolicy, ScheduledAction } from '@aws-sdk/client-application-auto-scaling'
import type { Scaled, ScaledResource, Scaling, ScheduledBounds } from '../ports/concurrency.ts'
import { ifThere } from './answers/expected-errors.ts'
import type { Connection } from './client/connection.ts'
import { loadService } from './client/load-service.ts'

/** Application Auto Scaling, loaded when it is first used. */
export function applicationAutoScaling(connection: Connection): Scaling {
  const api = scalingApi(connection)
  return { scaled: scaledIn(api), ...changes(api) }
}

function scalingApi(connection: Connection) {
  return loadService(
    connection,
    'Application Auto Scaling',
    () => import('@aws-sdk/client-application-auto-scaling'),
    ({ ApplicationAutoScalingClient }, config) => new ApplicationAutoScalingClient(config),
  )
}

type Api = ReturnType<typeof scalingApi>

const ServiceNamespace = 'lambda'
const ScalableDimension = 'lambda:function:ProvisionedConcurrency'
const predefined = 'LambdaProvisionedConcurrencyUtilization'

/** Policies and schedules are read only if something is scaled. */
function scaledIn(api: Api): Scaling['scaled'] {
  return async (lambdaName) => {
    const { pages, sdk } = await api()
    const all = { ServiceNamespace, ScalableDimension } as const
    const action = `read how ${lambdaName ?? 'functions'} ${lambdaName ? 'is' : 'are'} scaled`
    const found = await pages(action, sdk.paginateDescribeScalableTargets, all)
    const targets = found
      .flatMap(({ ScalableTargets = [] }) => ScalableTargets)
      .filter(({ ResourceId }) => lambdaName === undefined || ResourceId?.split(':')[1] === lambdaName)
    if (targets.length === 0) return []
    const [only] = targets.length === 1 ? targets : []
    const those = { ...all, ...(only && { ResourceId: only.ResourceId }) }
    const [policies, schedules] = await Promise.all([
      pages(action, sdk.paginateDescribeScalingPolicies, those),
      pages(action, sdk.paginateDescribeScheduledActions, those),
    ])
    const parts = {
      policies: policies.flatMap(({ ScalingPolicies = [] }) => ScalingPolicies),
      schedules: schedules.flatMap(({ ScheduledActions = [] }) => ScheduledActions),
    }
    return targets.map((target) => toScaled(target, parts))
  }
}

interface Parts {
  policies: readonly ScalingPolicy[]
  schedules: readonly ScheduledAction[]
}

function toScaled(target: ScalableTarget, { policies, schedules }: Parts): Scaled {
  const [, lambdaName = '', qualifier = ''] = target.ResourceId?.split(':') ?? []
  const isOf = ({ ResourceId }: { ResourceId: string | undefined }) => ResourceId === target.ResourceId
  const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } =
    target.SuspendedState ?? {}
  return {
    lambdaName,
    qualifier,
    min: target.MinCapacity ?? 0,
    max: target.MaxCapacity ?? 0,
    policies: policies
      .filter(isOf)
      .map(({ PolicyName = '', TargetTrackingScalingPolicyConfiguration: of }) => ({
        name: PolicyName,
        utilization:
          of?.PredefinedMetricSpecification?.PredefinedMetricType === predefined ? of.TargetValue : undefined,
      })),
    schedules: schedules.filter(isOf).map(toSchedule),
    suspended: Boolean(DynamicScalingInSuspended || DynamicScalingOutSuspended || ScheduledScalingSuspended),
  }
}

function toSchedule(action: ScheduledAction): ScheduledBounds {
  const { ScheduledActionName: name = '', Schedule: schedule = '', Timezone: timezone } = action
  const { MinCapacity: min, MaxCapacity: max } = action.ScalableTargetAction ?? {}
  return {
    name,
    schedule,
    ...(timezone !== undefined && { timezone }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

type Changes = Omit<Scaling, 'scaled'>

function changes(api: Api): Changes {
  return {
    async register(resource, { min, max }) {
      const { call, sdk } = await api()
      const input = { ...named(resource), MinCapacity: min, MaxCapacity: max }
      await call(`have ${wordsOf(resource)} scaled`, new sdk.RegisterScalableTargetCommand(input))
    },
    async track(resource, { name, utilization }) {
      const { call, sdk } = await api()
      const command = new sdk.PutScalingPolicyCommand({
        ...named(resource),
        PolicyName: name,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: utilization,
          PredefinedMetricSpecification: { PredefinedMetricType: predefined },
        },
      })
      await call(`set the scaling policy of ${wordsOf(resource)}`, command)
    },
    async schedule(resource, { name, schedule, timezone, min, max }) {
      const { call, sdk } = await api()
      const command = new sdk.PutScheduledActionCommand({
        ...named(resource),
        ScheduledActionName: name,
        Schedule: schedule,
        Timezone: timezone,
        ScalableTargetAction: { MinCapacity: min, MaxCapacity: max },
      })
      await call(`set the schedule ${name} of ${wordsOf(resource)}`, command)
    },
    async unschedule(resource, name) {
      const { call, sdk } = await api()
      const command = new sdk.DeleteScheduledActionCommand({ ...named(resource), ScheduledActionName: name })
      await ifThere(call(`remove the schedule ${name} of ${wordsOf(resource)}`, command))
    },
    async deregister(resource) {
      const { call, sdk } = await api()
      const command = new sdk.DeregisterScalableTargetCommand(named(resource))
      await ifThere(call(`end the scaling of ${wordsOf(resource)}`, command))
    },
  }
}

function named({ lambdaName, qualifier }: ScaledResource) {
  return { ServiceNamespace, ScalableDimension, ResourceId: `function:${lambdaName}:${qualifier}` } as const
}

function wordsOf({ lambdaName, qualifier }: ScaledResource): string {
  return `${lambdaName}:${qualifier}`
}
