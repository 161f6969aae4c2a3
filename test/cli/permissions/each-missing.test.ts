import { DeleteAlarmsCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { DeleteFunctionConcurrencyCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { Policy } from '../../../src/operation/permissions/policy.ts'
import type { Verb } from '../../../src/operation/permissions/verbs.ts'
import { madeOnce } from '../service.ts'
import { on } from './courses.ts'
import { useGuardedSandbox } from './guarded.ts'
import { Ledger } from './ledger.ts'
import { plainFunction, Shop } from './shop.ts'

const guarded = useGuardedSandbox()
const FunctionName = 'least-hello-test'

/** Brings about the state in which a command begins. */
type Before = (it: Released) => Promise<unknown>

interface Released {
  shop: Shop
  /** The Description of the alias after the second release. */
  description: string
}

const released: Before = ({ description }) =>
  guarded().sandbox.lambda.send(
    new UpdateAliasCommand({
      FunctionName,
      Name: 'live',
      FunctionVersion: '2',
      Description: description,
      RoutingConfig: { AdditionalVersionWeights: {} },
    }),
  )

let texts = 0
const changed: Before = async (it) => {
  await released(it)
  await it.shop.writeHandler(`text ${(texts += 1)}`)
}

const unreserved: Before = () =>
  guarded().sandbox.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))

const stopped: Before = async (it) => {
  await unreserved(it)
  await it.shop.runs('concurrency stop', `${on} --reason loops`)
}

const alarmNames = ['errors', 'throttles'].map((kind) => `${FunctionName}-live-${kind}`)

const withoutAlarms: Before = async () => {
  const { cloudWatch } = guarded().sandbox
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: alarmNames }))
  const AlarmNames = MetricAlarms.map(({ AlarmName = '' }) => AlarmName)
  if (AlarmNames.length > 0) await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames }))
}

const commands: readonly { verb: Verb; more: string; before?: Before }[] = [
  { verb: 'deploy', more: '-e test', before: changed },
  { verb: 'rollback', more: on, before: released },
  { verb: 'canary status', more: on },
  { verb: 'status', more: on },
  { verb: 'metrics', more: on },
  { verb: 'doctor', more: '-e test' },
  { verb: 'history', more: on },
  { verb: 'diff', more: '-e test' },
  { verb: 'logs', more: `${on} --no-follow --stable` },
  { verb: 'logs errors', more: on },
  { verb: 'logs query', more: `${on} --saved errors` },
  { verb: 'cost', more: on },
  { verb: 'cold-starts', more: on },
  { verb: 'versions list', more: on },
  { verb: 'versions show', more: 'hello 1 -e test' },
  { verb: 'versions prune', more: `${on} --keep 1 --dry-run` },
  { verb: 'triggers list', more: on },
  { verb: 'triggers pause', more: `${on} --dry-run --reason full` },
  { verb: 'list', more: '-e test' },
  { verb: 'alarms ensure', more: `${on} --yes`, before: withoutAlarms },
  { verb: 'alarms list', more: on },
  { verb: 'alarms test', more: `${on} --yes` },
  { verb: 'destroy', more: '-e test --dry-run' },
  { verb: 'concurrency show', more: on },
  { verb: 'concurrency recommend', more: on },
  { verb: 'concurrency reserve', more: 'hello 5 -e test', before: unreserved },
  { verb: 'concurrency stop', more: `${on} --reason loops`, before: unreserved },
  { verb: 'concurrency start', more: on, before: stopped },
  { verb: 'invoke', more: on, before: unreserved },
]

const silent = [
  // A person who may only roll back is not told in an incident about what else could be seen.
  'rollback without lambda:ListProvisionedConcurrencyConfigs',
  // Either call tells that the role of this file does not exist, so it has no policies.
  'doctor without iam:ListRolePolicies',
  'doctor without iam:ListAttachedRolePolicies',
]

/** A smoke event that Lambda refuses fails a check, which is exit 6. */
const otherExits: Readonly<Record<string, number>> = { 'deploy without lambda:InvokeFunction': 6 }

const once = madeOnce(async ({ folder }): Promise<Released> => {
  const shop = await Shop.make(guarded(), new Ledger(), 'least', folder)
  const alarm = await guarded().sandbox.alarm('least-errors')
  const release = `{alarms: [${alarm}], bake: 0s, smoke: {event: {smoke: true}}}`
  await shop.write(`${plainFunction}, alarms: true, release: ${release}`)
  await shop.runs('deploy', '-e test')
  await shop.writeHandler('two')
  await shop.runs('deploy', '-e test')
  await shop.runs('invoke', on)
  const { description } = await guarded().sandbox.alias(FunctionName)
  return { shop, description }
})

test.each(commands)(
  '$verb $more names each permission that is missing',
  { timeout: 300_000 },
  async ({ verb, more, before }) => {
    const it = await once()
    const whole = it.shop.policyFor(verb, await it.shop.functions())
    const args = [...verb.split(' '), ...more.split(' ')]
    await before?.(it)
    const all = await it.shop.tries(whole, args)
    const wrong = all.exitCode === 0 ? [] : [all.said]
    for (const action of actionsIn(whole, all.needed)) {
      const tried = `${verb} without ${action}`
      await before?.(it)
      const { exitCode, said, needed } = await it.shop.tries(without(whole, action), args)
      // The first run has made the streams that a command makes once.
      const isAsked = needed.some((each) => each.action === action)
      const isTold = said.includes(action) || !isAsked || silent.includes(tried)
      const isEndedWell = exitCode === 0 || exitCode === (otherExits[tried] ?? 3)
      if (!isTold || !isEndedWell) wrong.push(`${tried}: exit ${exitCode}\n${said}`)
    }
    expect(wrong).toEqual([])
  },
)

/** The actions of a policy that a run needed, except for ListTags: Lambda wants it for each GetFunction. */
function actionsIn({ Statement }: Policy, needed: readonly { action: string }[]): Set<string> {
  const granted = new Set(Statement.flatMap(({ Action }) => Action))
  return new Set(
    needed.map(({ action }) => action).filter((each) => granted.has(each) && each !== 'lambda:ListTags'),
  )
}

function without({ Statement, ...rest }: Policy, action: string): Policy {
  const left = Statement.map((one) => ({ ...one, Action: one.Action.filter((each) => each !== action) }))
  return { ...rest, Statement: left.filter(({ Action }) => Action.length > 0) }
}
