import type {
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingRequest,
  Tag,
} from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { refused } from '../storage/errors.ts'
import type { S3Context, StoredObject } from '../storage/store.ts'
import { type ObjectRequest, replaceVersion, requireObject, versionMember } from '../storage/versions.ts'

type Tags = Readonly<Record<string, string>>

const named = ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'] as const

export function taggingOperations(context: S3Context): Operations {
  const answer = (input: ObjectRequest, object: StoredObject) => {
    const bucket = context.buckets.get(input.Bucket ?? '')
    return bucket ? versionMember(bucket, object) : {}
  }
  const change = (call: Call, input: ObjectRequest, tags: Tags | undefined) => {
    const object = requireObject(context, call, input)
    replaceVersion(context, input, object, { ...object, tags })
    return answer(input, object)
  }
  return {
    GetObjectTagging: accepting<GetObjectTaggingRequest>(
      [...named],
      (input, call): GetObjectTaggingOutput => {
        const object = requireObject(context, call, input)
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

/** The tags of an upload, which come as the query of a link. @throws ServiceError 400 */
export function tagsInHeader(text: string): Tags {
  return objectTags([...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value })))
}

/** @throws ServiceError 400 for more than S3 keeps of an object */
function objectTags(tags: readonly Tag[]): Tags {
  if (tags.length > 10) throw refused('BadRequest', 'Object tags cannot be greater than 10')
  return checkedTags(tags)
}

/** @throws ServiceError 400 for a tag that is given twice, or that S3 does not take */
export function checkedTags(tags: readonly Tag[]): Tags {
  const checked: Record<string, string> = {}
  for (const { Key = '', Value = '' } of tags) {
    if (Key in checked) {
      throw refused('InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: Key })
    }
    const isValid = isTagText(Key, 128) && Key !== '' && isTagText(Value, 256)
    if (!isValid) throw refused('InvalidTag', 'The TagKey you have provided is invalid', { TagKey: Key })
    if (Key.startsWith('aws:')) {
      throw refused('InvalidTag', 'Your TagKey cannot be prefixed with aws:', { TagKey: Key })
    }
    checked[Key] = Value
  }
  return checked
}

function isTagText(text: string, longest: number): boolean {
  return text.length <= longest && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)
}
