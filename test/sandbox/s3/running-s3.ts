import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { onTestFinished } from 'vitest'
import { type ReadObject, s3Service, type WriteObject } from '../../../src/sandbox/s3/service.ts'
import { clientSettings, serve } from '../serve.ts'

/** S3 on a free port with one bucket, `packages`. */
export interface RunningS3 {
  client: S3Client
  endpoint: string
  /** How many contents are on disk. */
  contents: () => Promise<number>
  /** S3 as Lambda reads it. */
  read: ReadObject
  write: WriteObject
  /** A client in another Region. */
  clientIn: (region: string) => S3Client
}

export async function runS3(): Promise<RunningS3> {
  const directory = await mkdtemp(join(tmpdir(), 'lambdactl-s3-'))
  const s3 = s3Service({ directory, clock: () => Date.parse('2026-11-21T10:00:00Z') })
  const server = await serve([s3.service], '123456789012')
  const clients: S3Client[] = []
  const clientIn = (region: string) => {
    const client = new S3Client({ ...clientSettings(server.endpoint, region), forcePathStyle: true })
    clients.push(client)
    return client
  }
  const client = clientIn('eu-west-1')
  onTestFinished(async () => {
    for (const each of clients) each.destroy()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })
  await client.send(
    new CreateBucketCommand({
      Bucket: 'packages',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  const contents = async () => (await readdir(directory)).length
  return { client, endpoint: server.endpoint, contents, read: s3.read, write: s3.write, clientIn }
}
