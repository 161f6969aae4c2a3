import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { ForeignFunction } from './adopted.ts'
import { eventsOf, runTo, start } from './cli.ts'
import { startProxy } from './proxy.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService, temporaryFolder } from './service.ts'

const sandbox = useSandbox()

/** A service whose function is a ready zip of 53 MB, more than Lambda takes in a request. */
async function large() {
  const service = await makeService()
  const content = "export const handler = async () => 'large'\n"
  const zip = zipOf([
    { name: 'index.mjs', content },
    { name: 'model/weights.bin', content: Buffer.alloc(53_000_000, service.lambdaName) },
  ])
  await writeFile(join(service.folder, 'large.zip'), zip)
  const write = (more: string) =>
    service.write({
      'lambdactl.yaml': `service: ${service.lambdaName.split('-')[0]}
${more}
functions:
  hello: {source: large.zip, runtime: nodejs24.x, handler: index.handler}
environments:
  test: {region: eu-west-1, account: "000000000000", role: "arn:aws:iam::000000000000:role/app"}
`,
    })
  return { ...service, write, zip }
}

async function bucket(name: string): Promise<S3Client> {
  const s3 = new S3Client({ ...clientSettings(sandbox().url), forcePathStyle: true })
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }))
  return s3
}

const deploy = ['deploy', '-e', 'test']

test('without a bucket it is refused before anything is uploaded, with what to configure and what is large', async () => {
  const service = await large()
  await service.write('')
  const refused = await runTo(2, deploy, sandbox().place(service))
  expect(refused.stderr).toContain(
    'The package is too large zipped: expected at most 50 MiB, got 50.6 MiB. Largest: model (50.6 MiB)',
  )
  expect(refused.stderr).toContain(
    "artifacts: BUCKET in lambdactl.yaml, with a bucket in the function's Region",
  )
  const analyzed = await runTo(0, ['package', '--analyze'], sandbox().place(service))
  expect(analyzed.stdout).toMatch(/note {5}The package is too large zipped[^]*model\/weights\.bin/)
})

test('it goes through the bucket; an upload that was killed midway is continued, and nothing is sent twice', {
  timeout: 300_000,
}, async () => {
  const service = await large()
  await service.write('artifacts: {bucket: packages, prefix: lambda/}')
  const s3 = await bucket('packages')
  const part = (url = '') => /partNumber=(\d+)/.exec(url)?.[1]
  const stuck = await startProxy(sandbox().url, (_, { url }) => (part(url) === '6' ? 'is lost' : 'passes'))
  const killed = start(deploy, sandbox().place(service, { AWS_ENDPOINT_URL: stuck.url }))
  await stuck.unanswered
  killed.child.kill('SIGKILL')
  await killed.ended
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: 'packages' }))
  expect(Uploads).toHaveLength(1)
  const sent: (string | undefined)[] = []
  const watching = await startProxy(sandbox().url, (_, { url }) => {
    if (part(url)) sent.push(part(url))
    return 'passes'
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: watching.url })
  const deployed = await runTo(0, [...deploy, '--json'], place)
  expect(sent).toContain('6')
  expect(sent).not.toContain('1')
  const uploaded = eventsOf(deployed).find(({ event }) => event === 'uploaded')
  expect(uploaded).toMatchObject({ function: 'hello', bucket: 'packages', total: service.zip.length })
  expect(uploaded?.['key']).toMatch(/^lambda\/shop\d+\/hello\/[0-9a-f]{64}\.zip$/)
  const head = new HeadObjectCommand({
    Bucket: 'packages',
    Key: String(uploaded?.['key']),
    ChecksumMode: 'ENABLED',
  })
  expect(await s3.send(head)).toMatchObject({ ContentLength: service.zip.length, ChecksumType: 'COMPOSITE' })
  const invoke = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' })
  expect((await sandbox().lambda.send(invoke)).Payload?.transformToString()).toBe('"large"')
  s3.destroy()
})

test('a bucket that is not there is named, with what to do: exit 4', async () => {
  const service = await large()
  await service.write('artifacts: no-such-bucket')
  const refused = await runTo(4, deploy, sandbox().place(service))
  expect(refused.stderr).toContain('The specified bucket does not exist')
  expect(refused.stderr).toContain('or correct artifacts: in lambdactl.yaml')
})

test('one that Lambda has already is taken on, and needs no bucket until its code changes', async () => {
  const s3 = await bucket('foreign')
  const { zip } = await large()
  await s3.send(new PutObjectCommand({ Bucket: 'foreign', Key: 'large.zip', Body: zip }))
  const Code = { S3Bucket: 'foreign', S3Key: 'large.zip' }
  const foreign = await new ForeignFunction(sandbox(), 'foreign-large').create([], { Code })
  await foreign.alias('live', await foreign.publish())
  const place = sandbox().place({ folder: await temporaryFolder() }, { AWS_REGION: 'eu-west-1' })
  await runTo(0, ['init', '--from', foreign.name, '--env', 'test'], place)
  // Stored, as the zip had it, so that what is packed here is too large as well.
  await rm(join(place.cwd, 'functions/foreign-large'), { recursive: true })
  await writeFile(join(place.cwd, 'functions/foreign-large.zip'), zip)
  const path = join(place.cwd, 'lambdactl.yaml')
  const text = (await readFile(path, 'utf8')).replace(
    'functions/foreign-large',
    'functions/foreign-large.zip',
  )
  await writeFile(path, text)
  expect((await runTo(0, deploy, place)).stdout).toContain('nothing to deploy')
  await runTo(0, ['diff', '-e', 'test', '--exit-code'], place)
  await writeFile(path, text.replace('timeout: 3s', 'timeout: 4s'))
  expect((await runTo(0, deploy, place)).stdout).toContain('version 2 has 100% of live')
  s3.destroy()
})
