import { LambdactlError } from '../../errors/error.ts'
import type { S3Object } from '../../ports/artifacts.ts'
import type { S3 } from './api.ts'

/** A zip is smaller than its content, and Lambda unzips at most 250 MiB. */
const mostBytes = 262_144_000

/** Reads an object whole; see `Artifacts.read`. */
export async function readObject(
  s3: S3,
  { bucket, key, version }: S3Object,
): Promise<{ object: S3Object; content: Buffer }> {
  const name = `s3://${bucket}/${key}`
  const input = { Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) }
  const answer = await s3.call(`read ${name}`, new s3.sdk.GetObjectCommand(input)).catch((error: unknown) => {
    const { cause } = error as Error
    if (cause instanceof s3.sdk.NoSuchKey || (cause as Error | undefined)?.name === 'NoSuchVersion')
      throw missing(name, version)
    throw error
  })
  if ((answer.ContentLength ?? 0) > mostBytes) {
    throw new LambdactlError(
      'PACKAGE_INVALID',
      `${name} has ${answer.ContentLength} bytes, and Lambda takes a zip of at most ${mostBytes}.`,
    )
  }
  const content = Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
  const { VersionId: found } = answer
  const object = { bucket, key, ...(found === undefined || found === 'null' ? {} : { version: found }) }
  return { object, content }
}

function missing(name: string, version: string | undefined): LambdactlError {
  const what = version === undefined ? name : `Version ${version} of ${name}`
  return new LambdactlError('NOT_FOUND', `${what} does not exist, or this identity may not know it.`, {
    next: ['Check the address, and that this identity has s3:GetObject and s3:GetObjectVersion there.'],
  })
}
