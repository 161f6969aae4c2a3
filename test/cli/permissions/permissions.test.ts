import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DeleteFunctionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import type { Running } from '../cli.ts'
import { clientSettings } from '../sandbox.ts'
import { adopt } from './adopt.ts'
import { testAlarms } from './alarms.ts'
import { detached, interrupt, left, makeStale, on } from './courses.ts'
import { useGuardedSandbox } from './guarded.ts'
import { judgeRoles } from './judge-roles.ts'
import { Ledger } from './ledger.ts'
import { releaseByS3 } from './release-by-s3.ts'
import { plainFunction, role, Shop } from './shop.ts'
import { releaseTheirs } from './theirs.ts'
import { triedElsewhere } from './tried-elsewhere.ts'
import { applyTriggers, moveTriggers } from './triggers.ts'

const guarded = useGuardedSandbox()
const ledger = new Ledger()
const sandbox = () => guarded().sandbox
const shop = (name: string) => Shop.make(guarded(), ledger, name)
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:000000000000:${rest}`

/** Settings for which Lambda asks EC2 and KMS in the caller's name. */
const network = `kmsKey: "${arn('kms', 'key/data')}",
    vpc: {subnets: [subnet-0123456789abcdef0], securityGroups: [sg-0123456789abcdef0]}`

describe('each command runs with the policy for it alone', { timeout: 300_000 }, () => {
  test('releases of a function with an alarm and smoke events', async () => {
    const it = await shop('plain')
    const alarm = await sandbox().alarm('plain-errors')
    const release = `{alarms: [${alarm}], steps: [10], every: 300s, bake: 0s, smoke: {event: {smoke: true}}}`
    await it.write(`${plainFunction}, release: ${release}`)
    await it.runs('deploy', '-e test')
    await it.writeHandler('two')
    await it.runs('diff', '-e test')
    await it.runs('deploy', '-e test')
    await it.write(`${plainFunction}, memory: 256, release: ${release}`)
    await it.runs('canary', detached, left)
    await it.runs('canary status', on)
    await it.runs('canary report', on)
    await it.runs('canary resume', detached, left)
    await it.runs('canary pause', on)
    await it.runs('canary approve', on)
    await it.runs('canary promote', on)
    await it.writeHandler('three')
    await sandbox().loseJournal()
    await it.runs('canary', detached, left)
    await makeStale(guarded(), it)
    await it.runs('canary wait', on, { exit: 130, during: interrupt(/no process|nobody|seems/i) })
    await sandbox().loseJournal()
    await it.runs('canary pause', on)
    await sandbox().loseJournal()
    await it.runs('canary approve', on)
    await sandbox().loseJournal()
    await it.runs('canary abort', on)
    await it.writeHandler('four')
    await it.runs('deploy', '-e test')
    await sandbox().loseJournal()
    await it.runs('rollback', on)
    await it.runs('status', '-e test')
    await it.runs('history', '-e test')
    await it.runs('doctor', '-e test')
    expect(ledger.unlisted).toEqual([])
  })

  test('logs, invocations and concurrency', async () => {
    const it = await shop('look')
    await it.write(`${plainFunction}, memory: 128`)
    await it.runs('deploy', '-e test')
    await it.runs('invoke', on)
    await it.runs('logs', `${on} --no-follow --stable --since deploy`)
    await it.runs('logs', `${on} --no-follow --errors`)
    await it.runs('logs', `${on} --live --json --verbose`, { exit: 130, during: interrupt(/StartLiveTail/) })
    await it.runs('logs requests', `${on} --stable --since deploy`)
    await it.runs('logs errors', `${on} --stable --since deploy`)
    await it.runs('logs query', `${on} --saved errors --since deploy`)
    guarded().faults.add({ kind: 'throttle', target: 'logs:GetQueryResults' })
    await it.runs('logs query', `${on} --saved errors --verbose`, {
      exit: 130,
      during: interrupt(/StartQuery/),
    })
    guarded().faults.clear()
    await it.runs('concurrency show', on)
    await sandbox().loseJournal()
    await it.runs('concurrency reserve', 'hello 5 -e test')
    await it.runs('concurrency stop', `${on} --reason loops`)
    await it.runs('concurrency start', on)
    await it.runs('concurrency reserve', 'hello none -e test')
    await it.runs('concurrency provision', 'hello 1 --version 1 -e test')
    await sandbox().loseJournal()
    await it.runs('concurrency stop', `${on} --reason loops`)
    await it.runs('invoke', on, { exit: 6 })
    await it.runs('status', '-e test')
    await it.runs('concurrency show', on)
    await it.runs('concurrency start', on)
    await it.runs('concurrency provision', 'hello none --version 1 -e test')
    await sandbox().loseJournal()
    await it.runs('concurrency provision', 'hello 1 -e test')
    await sandbox().loseJournal()
    const scaled = `${on} --min 1 --max 2 --target 70`
    await it.runs('concurrency autoscale', [
      ...scaled.split(' '),
      '--schedule',
      'morning 1-2 cron(0 7 * * ? *)',
    ])
    await it.runs('concurrency autoscale', scaled)
    await it.runs('destroy', '-e test --dry-run')
    await it.runs('concurrency show', on)
    await it.runs('concurrency autoscale', 'hello none -e test')
    for (const verb of ['concurrency recommend', 'cost'] as const) await it.runs(verb, on)
    for (const verb of ['metrics', 'cold-starts'] as const) await it.runs(verb, `${on} --since deploy`)
    expect(ledger.unlisted).toEqual([])
  })

  test('all settings of the file', async () => {
    const it = await shop('all')
    const layer = await sandbox().layer('all')
    const alarm = await sandbox().alarm('all-errors')
    await new SSMClient(clientSettings(sandbox().url)).send(
      new PutParameterCommand({ Name: '/all/table', Value: 'orders', Type: 'String' }),
    )
    await new SecretsManagerClient(clientSettings(sandbox().url)).send(
      new CreateSecretCommand({ Name: 'all/key', SecretString: 'hush-hush-hush' }),
    )
    const signing = arn('lambda', `code-signing-config:csc-${'a'.repeat(17)}`)
    const kept = `${plainFunction}, layers: ["${layer}"], provisionedConcurrency: 1, ${network},
    environment: {TABLE: "\${ssm:/all/table}", KEY: "\${secret:all/key}"},
    release: {steps: [10], every: 1s, bake: 0s, alarms: [${alarm}]}`
    const set = (memory: number, origin: string) => `${kept}, memory: ${memory}, tags: {team: shop},
    reservedConcurrency: 5, retries: 1, url: {auth: none, cors: {origins: ["${origin}"]}}, recursion: allow,
    codeSigning: "${signing}", runtimeUpdates: {on: function-update}, logs: {retention: 30d}`
    const unset = (
      memory: number,
    ) => `${kept}, memory: ${memory}, tags: {}, reservedConcurrency: null, retries: 2,
    url: null, recursion: terminate, codeSigning: null, runtimeUpdates: {on: auto}, logs: {retention: never}`
    const loseLines = () =>
      sandbox().logs.send(new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${it.lambdaName}` }))
    await it.write(unset(128))
    await it.runs('deploy', '-e test')
    await it.write(set(129, 'https://a.example'))
    await loseLines()
    await it.runs('diff', '-e test')
    await it.runs('deploy', '-e test')
    await it.write(set(130, 'https://b.example'))
    await it.runs('deploy', '-e test')
    await it.write(unset(131))
    await it.runs('deploy', '-e test')
    await it.write(set(132, 'https://a.example'))
    await loseLines()
    await it.runs('canary', detached, left)
    await it.runs('canary promote', on)
    await it.write(set(133, 'https://b.example'))
    await it.runs('canary', on)
    await it.write(unset(134))
    await it.runs('canary', detached, left)
    await it.runs('canary abort', on)
    await it.write(set(135, 'https://b.example'))
    await it.runs('canary', detached, left)
    await it.runs('canary resume', on)
    await it.runs('rollback', on)
    await sandbox().loseJournal()
    await it.runs('versions prune', `${on} --keep 1 --yes`)
    expect(ledger.unlisted).toEqual([])
  })

  test('a first canary, invocations that are counted, and gates that fail', async () => {
    const it = await shop('gates')
    const alarm = await sandbox().alarm('gates-errors')
    const counted = `alarms: [${alarm}], steps: [{weight: 10, for: 1m, invocations: 5}], bake: 0s`
    await it.write(`${plainFunction}, ${network}, logs: {retention: 30d}, release: {${counted}}`)
    await it.runs('canary', on)
    await it.writeHandler('two')
    await it.runs('canary', detached, left)
    await makeStale(guarded(), it)
    await it.runs('canary status', on)
    await it.runs('canary resume', detached, left)
    await makeStale(guarded(), it)
    await it.runs('canary approve', on)
    await makeStale(guarded(), it)
    await it.runs('canary promote', on)
    await it.write(`${plainFunction}, release: {alarms: [${alarm}], steps: [10], every: 1m, bake: 1m}`)
    const fails = async (running: Running) => {
      await running.says(/gate pass/)
      await sandbox().setAlarm(alarm, 'ALARM')
    }
    await it.writeHandler('three')
    await it.runs('deploy', '-e test', { exit: 7, during: fails })
    await sandbox().setAlarm(alarm, 'OK')
    await it.writeHandler('four')
    await it.runs('canary', on, { exit: 7, during: fails })
    await it.write(`${plainFunction}, alarms: {errors: 2}`)
    await it.runs('alarms ensure', on)
    await it.runs('concurrency autoscale', `${on} --min 1 --max 2`)
    await sandbox().loseJournal()
    await it.runs('destroy', '-e test --logs --yes')
    expect(ledger.unlisted).toEqual([])
  })

  test('an alias and versions that something else changed', async () => {
    const it = await shop('moved')
    const { lambda } = sandbox()
    const FunctionName = it.lambdaName
    await it.write(`${plainFunction}, release: {bake: 0s, steps: [10]}`)
    await it.runs('deploy', '-e test')
    for (const text of ['two', 'three']) {
      await it.writeHandler(text)
      await it.runs('deploy', '-e test')
    }
    const wipe = () => lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', Description: '' }))
    await wipe()
    await it.runs('status', '-e test')
    await it.runs('doctor', '-e test')
    await it.runs('rollback', on)
    await it.writeHandler('four')
    await it.runs('deploy', '-e test')
    for (const Qualifier of ['1', '2', '3'])
      await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }))
    await it.runs('rollback', on, { exit: 4 })
    const pasts = [
      ['deploy', '-e test', 0],
      ['canary', `${detached} --breakglass why`, 8],
    ] as const
    for (const [verb, more, exit] of pasts) {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }))
      await it.runs('diff', '-e test')
      await wipe()
      await it.writeHandler(`${verb} after a change by hand`)
      await it.runs(verb, more, { exit })
    }
    await it.runs('versions list', on)
    await it.runs('versions show', 'hello 4 -e test')
    await it.runs('versions diff', 'hello 4 5 -e test')
    expect(ledger.unlisted).toEqual([])
  })

  test('code from S3, and through S3', async () => {
    await releaseByS3(await shop('code'), guarded())
    expect(ledger.unlisted).toEqual([])
  })

  test('images', async () => {
    const it = await shop('image')
    const alarm = await sandbox().alarm('image-errors')
    const image = (digit: string) =>
      it.write(
        `image: "000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${digit.repeat(64)}", role: "${role}", logs: {retention: 30d}, release: {alarms: [${alarm}], steps: [10], bake: 0s}`,
      )
    await image('a')
    await it.runs('deploy', '-e test')
    await image('b')
    await it.runs('canary', detached, left)
    expect(ledger.unlisted).toEqual([])
  })

  test('code alone of a function of another tool', async () => {
    await releaseTheirs(await shop('theirs'), guarded())
    expect(ledger.unlisted).toEqual([])
  })

  test('init of functions that are there', async () => {
    await adopt(await shop('adopted'), guarded())
    expect(ledger.unlisted).toEqual([])
  })

  test('triggers of the file', async () => {
    await applyTriggers(await shop('declared'), guarded())
    expect(ledger.unlisted).toEqual([])
  })

  test('alarms, triggers, and policies of roles', async () => {
    const it = await shop('around')
    await testAlarms(it, guarded())
    await moveTriggers(it, guarded())
    // From the first role on, the sandbox wants that all roles exist: this comes last.
    await judgeRoles(await shop('judged'), guarded())
    expect(ledger.unlisted).toEqual([])
  })

  test('the table of permissions has what the commands needed, and nothing else', () => {
    const unneeded = ledger.unneeded.filter((entry) => !triedElsewhere.some((each) => each.test(entry)))
    expect({ unlisted: ledger.unlisted, unneeded }).toEqual({ unlisted: [], unneeded: [] })
  })
})
