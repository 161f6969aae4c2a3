import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import { LambdactlError } from '../../errors/error.ts'
import type { ArtifactPlace, Artifacts } from '../../ports/artifacts.ts'
import type { S3, S3Api } from './api.ts'
import { countSent } from './count-sent.ts'
import { uploadInParts } from './multipart-upload.ts'
import { compositeChecksum, partBytes, partsOf, wholeChecksum } from './parts.ts'
import { readObject } from './read-object.ts'
import { addressOf, encryptionOf, uploading } from './s3-address.ts'

/** Packages in S3, named by their content and checked by SHA-256. */
export function s3Artifacts(api: S3Api): Artifacts {
  return {
    read: async (object) => readObject(await api(), object),
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

/** A refused HEAD has no reason: the upload that follows reports it. */
async function describe(s3: S3, place: ArtifactPlace): Promise<Head | undefined> {
  const command = new s3.sdk.HeadObjectCommand({ ...addressOf(place), ChecksumMode: 'ENABLED' })
  return s3.call(`look for s3://${place.bucket}/${place.key}`, command).catch((error: unknown) => {
    const { cause } = error as Error
    const status = cause instanceof s3.sdk.S3ServiceException ? (cause.$metadata.httpStatusCode ?? 0) : 0
    if (status >= 300 && status < 500 && status !== 429) return undefined
    throw error
  })
}

async function upload(
  s3: S3,
  place: ArtifactPlace,
  content: Uint8Array,
  onProgress: (bytes: number) => void,
): Promise<number> {
  if (content.length > partBytes) return uploadInParts(s3, place, content, onProgress)
  const input = { ...addressOf(place), ...encryptionOf(place), Body: content }
  const command = new s3.sdk.PutObjectCommand({ ...input, ChecksumSHA256: wholeChecksum(content) })
  command.middlewareStack.use(countSent((share) => onProgress(Math.round(share * content.length))))
  await s3.call(uploading(place), command)
  return content.length
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
    `The package was uploaded to s3://${bucket}/${key}, but S3 has another object there: expected the SHA-256 ${expected.join(' or ')}, got ${stored?.ChecksumSHA256 ?? 'none that can be read'}.`,
    {
      next: [
        'Check that this identity may read the bucket (s3:GetObject), and whether another program writes there.',
      ],
    },
  )
}
