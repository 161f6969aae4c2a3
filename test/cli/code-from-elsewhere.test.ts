import { GetFunctionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { ForeignFunction } from './adopted.ts'
import { type Place, runTo, start } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

/** A service with the environments staging and prod, both in this sandbox. */
async function twoEnvironments(service: string, source = 'hello') {
  const folder = await temporaryFolder()
  const write = (files: Readonly<Record<string, string>>) => writeFiles(folder, files)
  const configure = (where: string) =>
    write({
      'lambdactl.yaml': `service: ${service}
defaults: {role: "arn:aws:iam::000000000000:role/shop"}
functions:
  hello: {source: "${where}", runtime: nodejs24.x, handler: index.handler, bundle: false, release: {every: 1h, steps: [50]}}
environments:
  staging: {region: eu-west-1}
  prod: {region: eu-west-1, functions: {hello: {memory: 1024}}}
`,
    })
  await configure(source)
  await write({ 'hello/index.mjs': answering('one') })
  return { place: sandbox().place({ folder }), write, configure }
}

async function codeOf(name: string): Promise<string | undefined> {
  const live = new GetFunctionCommand({ FunctionName: name, Qualifier: 'live' })
  return (await sandbox().lambda.send(live)).Configuration?.CodeSha256
}

async function answerOf(place: Place, environment: string): Promise<unknown> {
  const { stdout } = await runTo(0, ['invoke', 'hello', '--env', environment], place)
  return (JSON.parse(stdout) as { text: unknown }).text
}

test('the very version that staging serves is released to prod, with the settings of prod', async () => {
  const { place, write } = await twoEnvironments('promoting')
  await runTo(4, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  await runTo(0, ['deploy', '--env', 'staging'], place)
  await write({ 'hello/index.mjs': answering('not yet') })
  const promoted = await runTo(0, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  expect(promoted.stderr).toContain('promotes version 1 of promoting-hello-staging, from staging')
  expect(await answerOf(place, 'prod')).toBe('one')
  expect(await codeOf('promoting-hello-prod')).toBe(await codeOf('promoting-hello-staging'))
  const { lambda } = sandbox()
  const settings = await lambda.send(new GetFunctionCommand({ FunctionName: 'promoting-hello-prod' }))
  expect(settings.Configuration).toMatchObject({ MemorySize: 1024 })
  const again = await runTo(0, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  expect(again.stdout).toBe('hello: nothing to deploy, live is on version 1\n')
  const history = await runTo(0, ['history', 'hello', '--env', 'prod'], place)
  expect(history.stdout).toContain('promoted version 1 of promoting-hello-staging, from staging')
  const same = await runTo(2, ['deploy', '--env', 'prod', '--from-env', 'prod'], place)
  expect(same.stderr).toContain('--from-env prod is the environment of the release itself')
})

test('a version that staging still tries is not promoted', async () => {
  const { place, write } = await twoEnvironments('trying')
  await runTo(0, ['deploy', '--env', 'staging'], place)
  await write({ 'hello/index.mjs': answering('two') })
  const alarm = await sandbox().alarm('trying-refused')
  const canary = start(['canary', 'hello', '--env', 'staging', '--alarm', alarm, '--detach'], place)
  expect(await canary.ended).toMatchObject({ exitCode: 8 })
  const refused = await runTo(5, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  expect(refused.stderr).toContain('staging has not decided yet')
  expect(refused.stderr).toContain('lambdactl canary wait hello --env staging')
  // Another tool gives the candidate 100% past the gates; the record goes with it, so only the journal tells.
  const moved = { FunctionName: 'trying-hello-staging', Name: 'live', FunctionVersion: '2' }
  const weights = { RoutingConfig: { AdditionalVersionWeights: {} } }
  for (const record of [{ Description: '' }, { Description: rolledBack }]) {
    await sandbox().lambda.send(new UpdateAliasCommand({ ...moved, ...weights, ...record }))
    const unproven = await runTo(5, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
    expect(unproven.stderr).toContain(
      'Something other than lambdactl moved live of trying-hello-staging in staging to version 2, which no release there proved.',
    )
    expect(unproven.stderr).toContain('lambdactl rollback hello --env staging --to 1')
  }
})

const rolledBack =
  'lambdactl canary k3f9q2aa | rolled-back 1/1 | candidate 2 | held 1 | since 2026-11-21T10:00:00.000Z'

test('an image is not promoted to a function that runs a zip', async () => {
  const { place } = await twoEnvironments('types')
  const image = { PackageType: 'Image' as const, Code: { ImageUri } }
  const staged = await new ForeignFunction(sandbox(), 'types-hello-staging').create(undefined, image)
  await staged.alias('live', await staged.publish())
  const refused = await runTo(2, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  expect(refused.stderr).toContain('staging serves an image, and types-hello-prod runs a zip')
})

const ImageUri = `000000000000.dkr.ecr.eu-west-1.amazonaws.com/types@sha256:${'a'.repeat(64)}`

test('a zip in S3 is released by its version, and is uploaded from no machine', async () => {
  const s3 = new S3Client({ ...clientSettings(sandbox().url), forcePathStyle: true })
  const Bucket = 'artefacts-of-shop'
  await s3.send(new CreateBucketCommand({ Bucket }))
  const VersioningConfiguration = { Status: 'Enabled' as const }
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
  const put = async (text: string) => {
    const Body = zipOf([{ name: 'index.mjs', content: answering(text) }])
    return (await s3.send(new PutObjectCommand({ Bucket, Key: 'hello.zip', Body }))).VersionId ?? ''
  }
  const first = await put('first')
  const { place, configure } = await twoEnvironments('keeping', `s3://${Bucket}/hello.zip`)
  const deploy = ['deploy', '--env', 'staging']
  const newest = await runTo(0, deploy, place)
  expect(newest.stderr).toContain(`the code is s3://${Bucket}/hello.zip, version ${first}`)
  expect(await answerOf(place, 'staging')).toBe('first')
  await put('second')
  await runTo(0, deploy, place)
  expect(await answerOf(place, 'staging')).toBe('second')
  await configure(`s3://${Bucket}/hello.zip?versionId=${first}`)
  await runTo(0, deploy, place)
  expect(await answerOf(place, 'staging')).toBe('first')
  await configure(`s3://${Bucket}/gone.zip`)
  const gone = await runTo(4, deploy, place)
  expect(gone.stderr).toContain(`s3://${Bucket}/gone.zip does not exist`)
  await configure('s3://hello.zip')
  const wrong = await runTo(2, deploy, place)
  expect(wrong.stderr).toContain('expected an address of a zip in S3')
})

test("a promotion to another tool's function brings the code alone, and keeps what that tool has set", async () => {
  const { place, write } = await twoEnvironments('tooled')
  await runTo(0, ['deploy', '--env', 'staging'], place)
  const made = await new ForeignFunction(sandbox(), 'tooled-hello-prod').create(
    [{ name: 'index.mjs', content: answering('placeholder') }],
    { MemorySize: 2048, Tags: { ManagedBy: 'terraform' } },
  )
  await write({
    'lambdactl.yaml': `service: tooled
functions: {hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}}
environments:
  staging: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/shop"}
  prod: {region: eu-west-1, manages: code}
`,
  })
  const promoted = await runTo(0, ['deploy', '--env', 'prod', '--from-env', 'staging'], place)
  expect(promoted.stderr).toContain('promotes version 1 of tooled-hello-staging, from staging')
  expect(await codeOf(made.name)).toBe(await codeOf('tooled-hello-staging'))
  const found = await sandbox().lambda.send(new GetFunctionCommand({ FunctionName: made.name }))
  expect(found.Configuration).toMatchObject({ MemorySize: 2048 })
  expect(found.Tags).toEqual({ ManagedBy: 'terraform' })
})
