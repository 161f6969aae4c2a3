import { randomBytes } from 'node:crypto'
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { zipOf } from '../../sandbox/lambda/zip.ts'
import { clientSettings } from '../sandbox.ts'
import { answering, writeFiles } from '../service.ts'
import { detached, killInUpload, left, on } from './courses.ts'
import type { Guarded } from './guarded.ts'
import { role, type Shop } from './shop.ts'

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:000000000000:${rest}`

/** Releases a zip in a bucket with versions, and packages that go through it, some of them uploaded in two goes. */
export async function releaseByS3(it: Shop, guarded: Guarded): Promise<void> {
  const s3 = new S3Client({ ...clientSettings(guarded.sandbox.url), forcePathStyle: true })
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await s3.send(new CreateBucketCommand({ Bucket: 'code', CreateBucketConfiguration }))
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'code', VersioningConfiguration }))
  const put = (text: string) =>
    s3.send(
      new PutObjectCommand({
        Bucket: 'code',
        Key: 'hello.zip',
        Body: zipOf([{ name: 'index.mjs', content: answering(text) }]),
      }),
    )
  const alarm = await guarded.sandbox.alarm('code-errors')
  const rest = `runtime: nodejs24.x, handler: index.handler, role: "${role}", release: {alarms: [${alarm}], steps: [10], bake: 0s}`
  const { VersionId: first } = await put('one')
  const { VersionId: second } = await put('two')
  const zip = (version: string | undefined) =>
    it.write(`source: "s3://code/hello.zip${version === undefined ? '' : `?versionId=${version}`}", ${rest}`)
  await zip(undefined)
  await it.runs('deploy', '-e test')
  await zip(first)
  await it.runs('diff', '-e test')
  await it.runs('deploy', '-e test')
  await zip(second)
  await it.runs('canary', detached, left)
  await it.runs('canary abort', on)
  const large = (text: string) =>
    writeFiles(it.place.cwd, {
      'hello/index.mjs': answering(text),
      'hello/weights.bin': randomBytes(9_000_000),
    })
  await it.write(
    `source: hello, bundle: false, ${rest}`,
    `artifacts: {bucket: code, prefix: p/, always: true, kmsKey: "${arn('kms', 'key/packages')}"}`,
  )
  await large('three')
  await it.runs('deploy', '-e test', { exit: null, during: killInUpload(guarded) })
  await it.runs('deploy', '-e test')
  await large('four')
  await it.runs('canary', detached, { exit: null, during: killInUpload(guarded) })
  await it.runs('canary', detached, left)
}
