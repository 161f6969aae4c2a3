import type { GetBucketTaggingOutput, PutBucketTaggingRequest, Tag } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { checkedTags } from '../objects/tagging.ts'
import { refused } from '../storage/errors.ts'
import { type BucketRequest, requireBucket, type S3Context } from '../storage/store.ts'

const named = ['Bucket', 'ExpectedBucketOwner'] as const

export function bucketTaggingOperations(context: S3Context): Operations {
  return {
    GetBucketTagging: accepting<BucketRequest>([...named], (input, call): GetBucketTaggingOutput => {
      const { name, tags } = requireBucket(context, call, input)
      if (tags === undefined) throw noSuchTags(name)
      return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
    }),
    PutBucketTagging: accepting<PutBucketTaggingRequest>(
      [...named, 'Tagging', 'ContentMD5', 'ChecksumAlgorithm'],
      (input, call) => {
        const bucket = requireBucket(context, call, input)
        context.buckets.set(bucket.name, { ...bucket, tags: bucketTags(input.Tagging?.TagSet ?? []) })
        return {}
      },
    ),
    DeleteBucketTagging: accepting<BucketRequest>([...named], (input, call) => {
      const { tags: _, ...bucket } = requireBucket(context, call, input)
      context.buckets.set(bucket.name, bucket)
      return {}
    }),
  }
}

function bucketTags(tags: readonly Tag[]) {
  if (tags.length > 50) throw refused('BadRequest', 'Bucket tag count cannot be greater than 50')
  return checkedTags(tags, 'System tags cannot be added/updated by requester')
}

function noSuchTags(bucket: string): ServiceError {
  return new ServiceError('NoSuchTagSet', 404, 'The TagSet does not exist', { BucketName: bucket })
}
