import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3'
import { LambdactlError } from '../../errors/error.ts'
import type { ArtifactPlace, Artifacts } from '../../ports/artifacts.ts'
import { attempt } from '../answers/translate.ts'
import type { Connection } from '../client/connection.ts'
import { s3Api } from './api.ts'
import { countSent } from './count-sent.ts'
import { uploadInParts } from './multipart-upload.ts'
import { compositeChecksum, partBytes, partsOf, wholeChecksum } from './parts.ts'
import { addressOf, encryptionOf } from './s3-address.ts'

/** Packages in S3, named by their content and checked by SHA-256. */
export function s3Artifacts(connection: Connection): Artifacts {
  const api = s3Api(connection)
  return {
    async keep(place, content, onProgress) {
      const s3 = await api()
      const expected = [wholeChecksum(content), compositeChecksum(partsOf(content))]
      const isRight = ({ ChecksumSHA256 = '' }: Head) => expected.includes(ChecksumSHA256)
      const found = await describe(s3, place)
      if (found && isRight(found)) return { object: objectAt(place, found), uploadedBytes: 0 }
      const uploadedBytes = await upload(s3, place, content, onProgress)
      const stored = await describe(s3, place)
      if (stored && isRight(stored)) return { object: objectAt(place, stored), uploadedBytes }
      throw notStored(place, expected, stored)
    },
  }
}

type Head = Pick<HeadObjectCommandOutput, 'ChecksumSHA256' | 'VersionId'>

/** HEAD's refusals have no reason: whatever one is about, the upload that follows says why. */
async function describe(s3: S3Client, place: ArtifactPlace): Promise<Head | undefined> {
  const { HeadObjectCommand, S3ServiceException } = await import('@aws-sdk/client-s3')
  const input = { ...addressOf(place), ChecksumMode: 'ENABLED' as const }
  return attempt(`look for s3://${place.bucket}/${place.key}`, () =>
    s3.send(new HeadObjectCommand(input)).catch((error: unknown) => {
      const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0
      if (status >= 300 && status < 500 && status !== 429) return undefined
      throw error
    }),
  )
}

async function upload(
  s3: S3Client,
  place: ArtifactPlace,
  content: Uint8Array,
  onProgress: (bytes: number) => void,
): Promise<number> {
  return attempt(`upload the package to s3://${place.bucket}/${place.key}`, async () => {
    if (content.length > partBytes) return uploadInParts(s3, place, content, onProgress)
    const { PutObjectCommand } = await import('@aws-sdk/client-s3')
    const input = { ...addressOf(place), ...encryptionOf(place), Body: content }
    const command = new PutObjectCommand({ ...input, ChecksumSHA256: wholeChecksum(content) })
    command.middlewareStack.use(countSent((share) => onProgress(Math.round(share * content.length))))
    await s3.send(command)
    return content.length
  })
}

function objectAt({ bucket, key }: ArtifactPlace, { VersionId: version }: Head) {
  return { bucket, key, ...(version === undefined || version === 'null' ? {} : { version }) }
}

function notStored(
  { bucket, key }: ArtifactPlace,
  expected: string[],
  stored: Head | undefined,
): LambdactlError {
  return new LambdactlError(
    'AWS_REFUSED',
    `The package was uploaded to s3://${bucket}/${key}, but S3 has something else there: expected the SHA-256 ${expected.join(' or ')}, got ${stored?.ChecksumSHA256 ?? 'none that can be read'}.`,
    {
      next: [
        'Check that this identity may read the bucket (s3:GetObject), and whether something else writes there.',
      ],
    },
  )
}
