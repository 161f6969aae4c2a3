import type { CompletedPart, Part as StoredPart } from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import { isCode } from '../../errors/error.ts'
import type { ArtifactPlace } from '../../ports/artifacts.ts'
import { isNamed } from '../answers/expected-errors.ts'
import type { S3 } from './api.ts'
import { countSent } from './count-sent.ts'
import { type Part, partsOf } from './parts.ts'
import { addressOf, encryptionOf, uploading } from './s3-address.ts'

/** The number of parts that are uploaded at a time. */
const width = 4

/** An unfinished upload, begun by this process or by an interrupted one. */
interface Begun {
  UploadId: string
  there: readonly StoredPart[]
}

/** A content that is sent in parts, and the listener for its progress. */
interface Sending {
  place: ArtifactPlace
  parts: readonly Part[]
  onProgress: (bytes: number) => void
}

/**
 * Uploads a content in parts, and continues an interrupted upload. AWS's own uploader (`lib-storage`) can't: it always
 * starts from the beginning.
 *
 * @returns the number of bytes that were sent
 */
export async function uploadInParts(
  s3: S3,
  place: ArtifactPlace,
  content: Uint8Array,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const sending = { place, parts: partsOf(content), onProgress }
  try {
    return await carryOn(s3, sending, (await findBegun(s3, place)) ?? (await begin(s3, place)))
  } catch (error) {
    if (!isNamed(error, 'NoSuchUpload')) throw error
    // Another process completed the same upload, or a rule of the bucket ended it meanwhile.
    return carryOn(s3, sending, await begin(s3, place))
  }
}

async function carryOn(
  s3: S3,
  { place, parts, onProgress }: Sending,
  { UploadId, there }: Begun,
): Promise<number> {
  const address = { ...addressOf(place), UploadId }
  const done = new Map<number, CompletedPart>()
  const lacking: Part[] = []
  for (const part of parts) {
    const stored = there.find((one) => isSame(one, part))
    if (stored) done.set(part.number, completed(part, stored.ETag))
    else lacking.push(part)
  }
  const sentBytes = sizeOf(lacking)
  const sent = new Map<Part, number>()
  await inTurns(lacking, async (part) => {
    const input = { ...address, PartNumber: part.number, Body: part.body, ChecksumSHA256: part.checksum }
    const command = new s3.sdk.UploadPartCommand(input)
    const onSent = (share: number) => {
      sent.set(part, share * part.body.length)
      const bytes = [...sent.values()].reduce((sum, each) => sum + each, sizeOf(parts) - sentBytes)
      onProgress(Math.round(bytes))
    }
    command.middlewareStack.use(countSent(onSent))
    const { ETag } = await s3.call(uploading(place), command)
    done.set(part.number, completed(part, ETag))
  })
  const Parts = parts.flatMap(({ number }) => done.get(number) ?? [])
  const complete = { ...address, MultipartUpload: { Parts }, MpuObjectSize: sizeOf(parts) }
  await s3.call(uploading(place), new s3.sdk.CompleteMultipartUploadCommand(complete))
  return sentBytes
}

/** The newest unfinished upload of the same content; none if this identity may not list uploads. */
async function findBegun(s3: S3, place: ArtifactPlace): Promise<Begun | undefined> {
  const { Key, ...bucket } = addressOf(place)
  try {
    const list = new s3.sdk.ListMultipartUploadsCommand({ ...bucket, Prefix: Key })
    const { Uploads = [] } = await s3.call(uploading(place), list)
    const UploadId = Uploads.findLast(
      (one) => one.Key === Key && one.ChecksumAlgorithm === 'SHA256',
    )?.UploadId
    if (UploadId === undefined) return undefined
    // One page has a thousand parts, more than any package. The SDK's own paging never ends: S3's last page names a
    // next one too.
    const { Parts = [] } = await s3.call(
      uploading(place),
      new s3.sdk.ListPartsCommand({ ...bucket, Key, UploadId }),
    )
    return { UploadId, there: Parts }
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return undefined
    throw error
  }
}

async function begin(s3: S3, place: ArtifactPlace): Promise<Begun> {
  const checksums = { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' } as const
  const input = { ...addressOf(place), ...encryptionOf(place), ...checksums }
  const command = new s3.sdk.CreateMultipartUploadCommand(input)
  const { UploadId = '' } = await s3.call(uploading(place), command)
  return { UploadId, there: [] }
}

function isSame({ PartNumber, Size, ChecksumSHA256 }: StoredPart, part: Part): boolean {
  return PartNumber === part.number && Size === part.body.length && ChecksumSHA256 === part.checksum
}

function completed({ number, checksum }: Part, ETag: string | undefined): CompletedPart {
  return { PartNumber: number, ChecksumSHA256: checksum, ...(ETag === undefined ? {} : { ETag }) }
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { body }) => sum + body.length, 0)
}

/** Runs a few at a time. After a failure no other begins, and the running ones are awaited: the next run finds them. */
async function inTurns(parts: readonly Part[], send: (part: Part) => Promise<void>): Promise<void> {
  const limit = pLimit({ concurrency: width, rejectOnClear: true })
  const sendOrStop = (part: Part) =>
    send(part).catch((error: unknown) => {
      limit.clearQueue()
      throw error
    })
  const ended = await Promise.allSettled(parts.map((part) => limit(sendOrStop, part)))
  // The first in order is the failure itself; the ones that it kept from beginning come later.
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}
