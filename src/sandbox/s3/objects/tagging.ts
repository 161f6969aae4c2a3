import type {
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingRequest,
  Tag,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidArgument, noSuchKey, refused } from '../storage/errors.ts'
import { requireBucket, type S3Context, type StoredObject } from '../storage/store.ts'
import { type ObjectRequest, replaceVersion, requireObject, versionMember } from '../storage/versions.ts'

type Tags = Readonly<Record<string, string>>

const named = ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'] as const

export function taggingOperations(context: S3Context): Operations {
  const answer = (input: ObjectRequest, object: StoredObject) => {
    const bucket = context.buckets.get(input.Bucket ?? '')
    return bucket ? versionMember(bucket, object) : {}
  }
  const change = async (call: Call, input: ObjectRequest, tags: Tags | undefined) => {
    const object = requireObject(context, call, input)
    const bucket = requireBucket(context, call, input)
    replaceVersion(context, input, object, { ...object, tags })
    const name = tags ? 'ObjectTagging:Put' : 'ObjectTagging:Delete'
    await context.notify(bucket, { name, key: input.Key ?? '', version: object, by: call })
    return answer(input, object)
  }
  return {
    GetObjectTagging: accepting<GetObjectTaggingRequest>(
      [...named],
      (input, call): GetObjectTaggingOutput => {
        const object = requireTagged(context, input, call)
        const TagSet = Object.entries(object.tags ?? {}).map(([Key, Value]) => ({ Key, Value }))
        return { TagSet, ...answer(input, object) }
      },
    ),
    PutObjectTagging: accepting<PutObjectTaggingRequest>(
      [...named, 'Tagging', 'ContentMD5', 'ChecksumAlgorithm'],
      (input, call) => change(call, input, objectTags(input.Tagging?.TagSet ?? [])),
    ),
    DeleteObjectTagging: accepting<DeleteObjectTaggingRequest>([...named], (input, call) =>
      change(call, input, undefined),
    ),
  }
}

/** As in AWS's recorded answers, the 404 names the bucket and the key. @throws ServiceError 404 */
function requireTagged(context: S3Context, input: GetObjectTaggingRequest, call: Call): StoredObject {
  try {
    return requireObject(context, call, input)
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'NoSuchKey') throw error
    throw noSuchKey(`${input.Bucket}/${input.Key}`)
  }
}

/** The tags of an upload, which come as the query of a link. @throws ServiceError 400 */
export function tagsInHeader(text: string): Tags {
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }))
  const isTwice = new Set(tags.map(({ Key }) => Key)).size < tags.length
  if (!isTwice && tags.every(({ Key, Value }) => isKey(Key) && isTagText(Value, 256))) return objectTags(tags)
  throw invalidArgument(
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    'x-amz-tagging',
    text,
  )
}

/** @throws ServiceError 400 for more than S3 keeps of an object */
function objectTags(tags: readonly Tag[]): Tags {
  if (tags.length > 10) throw refused('BadRequest', 'Object tags cannot be greater than 10')
  return checkedTags(tags, 'Your TagKey cannot be prefixed with aws:')
}

/**
 * @param reserved S3's words for a key that only AWS uses
 * @throws ServiceError 400 for a tag that is given twice, or that S3 does not take
 */
export function checkedTags(tags: readonly Tag[], reserved: string): Tags {
  const checked = new Map<string, string>()
  for (const { Key = '', Value = '' } of tags) {
    if (checked.has(Key)) {
      throw refused('InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: Key })
    }
    if (!isKey(Key)) throw refused('InvalidTag', 'The TagKey you have provided is invalid', { TagKey: Key })
    if (!isTagText(Value, 256)) {
      const details = { TagKey: Key, TagValue: Value }
      throw refused('InvalidTag', 'The TagValue you have provided is invalid', details)
    }
    if (Key.startsWith('aws:')) throw refused('InvalidTag', reserved, { TagKey: Key })
    checked.set(Key, Value)
  }
  return Object.fromEntries(checked)
}

function isKey(text: string): boolean {
  return text !== '' && isTagText(text, 128)
}

function isTagText(text: string, longest: number): boolean {
  return text.length <= longest && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)
}
