import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeleteScheduledActionCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda'
import { beforeAll, expect, test } from 'vitest'
import { ForeignFunction } from '../../cli/adopted.ts'
import { clientSettings, useSandbox } from '../../cli/sandbox.ts'
import { answering } from '../../cli/service.ts'

const sandbox = useSandbox()
let client: ApplicationAutoScalingClient

const named = {
  ServiceNamespace: 'lambda',
  ScalableDimension: 'lambda:function:ProvisionedConcurrency',
  ResourceId: 'function:scaled:1',
} as const
const inWords =
  'service namespace: lambda, resource ID: function:scaled:1, scalable dimension: lambda:function:ProvisionedConcurrency'
const policy = {
  ...named,
  PolicyName: 'p',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 0.7,
    PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
  },
} as const
const action = {
  ...named,
  ScheduledActionName: 'morning',
  Schedule: 'cron(0 7 ? * MON-FRI *)',
  Timezone: 'Europe/Berlin',
  ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 4 },
}
const register = (bounds: object = { MinCapacity: 1, MaxCapacity: 3 }) =>
  client.send(new RegisterScalableTargetCommand({ ...named, ...bounds }))

beforeAll(async () => {
  client = new ApplicationAutoScalingClient(clientSettings(sandbox().url))
  const made = new ForeignFunction(sandbox(), 'scaled')
  await made.create([{ name: 'index.mjs', content: answering('one') }], {})
  await made.publish()
})

test('what is not registered is refused in the words of AWS', async () => {
  const missing = { name: 'ObjectNotFoundException' }
  const registered = { ...missing, message: `No scalable target registered for ${inWords}` }
  await expect(client.send(new PutScalingPolicyCommand(policy))).rejects.toMatchObject(registered)
  await expect(client.send(new PutScheduledActionCommand(action))).rejects.toMatchObject(registered)
  await expect(client.send(new DeregisterScalableTargetCommand(named))).rejects.toMatchObject({
    ...missing,
    message: `No scalable target found for ${inWords}`,
  })
  await expect(
    client.send(new DeleteScalingPolicyCommand({ ...named, PolicyName: 'p' })),
  ).rejects.toMatchObject(missing)
  await expect(
    client.send(new DeleteScheduledActionCommand({ ...named, ScheduledActionName: 'a' })),
  ).rejects.toMatchObject(missing)
})

test.each([
  [{ ServiceNamespace: 'dynamodb' }, 'Unsupported service namespace, resource type or scalable dimension'],
  [{ ResourceId: 'function:scaled' }, 'Unsupported service namespace, resource type or scalable dimension'],
  [{ MinCapacity: 5, MaxCapacity: 3 }, 'Maximum capacity cannot be less than minimum capacity'],
  [{ MinCapacity: 1, MaxCapacity: 3, ResourceId: 'function:none:1' }, 'Function not found'],
])('a target with %j is refused', async (wrong, message) => {
  const refused = { name: 'ValidationException', message: expect.stringContaining(message) as string }
  await expect(register(wrong)).rejects.toMatchObject(refused)
})

test('a target brings the environments between its bounds, and is described with all of its parts', async () => {
  const provisioned = async () => {
    const listed = await sandbox().lambda.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'scaled' }),
    )
    return listed.ProvisionedConcurrencyConfigs?.map((one) => one.RequestedProvisionedConcurrentExecutions)
  }
  await register()
  expect(await provisioned()).toEqual([1])
  await register({ MinCapacity: 2 })
  expect(await provisioned()).toEqual([2])
  await client.send(new PutScalingPolicyCommand(policy))
  await client.send(new PutScheduledActionCommand(action))
  const { ScalableTargets } = await client.send(new DescribeScalableTargetsCommand(named))
  expect(ScalableTargets).toMatchObject([{ ResourceId: 'function:scaled:1', MinCapacity: 2, MaxCapacity: 3 }])
  const { ScalingPolicies } = await client.send(new DescribeScalingPoliciesCommand(named))
  expect(ScalingPolicies).toMatchObject([{ PolicyName: 'p', PolicyType: 'TargetTrackingScaling' }])
  const { ScheduledActions } = await client.send(new DescribeScheduledActionsCommand(named))
  expect(ScheduledActions).toMatchObject([action])
  const ofOthers = { ServiceNamespace: 'dynamodb' } as const
  expect((await client.send(new DescribeScalingPoliciesCommand(ofOthers))).ScalingPolicies).toEqual([])
  expect((await client.send(new DescribeScheduledActionsCommand(ofOthers))).ScheduledActions).toEqual([])
  await client.send(new DeregisterScalableTargetCommand(named))
  const left = await client.send(new DescribeScheduledActionsCommand(named))
  expect(left.ScheduledActions).toEqual([])
  expect(await provisioned()).toEqual([2])
})

test.each([
  [{ Schedule: 'cron(0 7 * * *)' }, 'Schedule expression cron(0 7 * * *) is not valid'],
  [{ Timezone: 'Nowhere/City' }, 'Timezone Nowhere/City is not valid'],
])('a scheduled action with %j is refused', async (wrong, message) => {
  await register()
  await expect(client.send(new PutScheduledActionCommand({ ...action, ...wrong }))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  })
})
