import type { CreateBucketOutput, CreateBucketRequest, HeadBucketRequest } from '@aws-sdk/client-s3'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { refused } from './errors.ts'
import { requireBucket, type S3Context } from './store.ts'

// S3's rules for names, without the reserved beginnings and endings.
const namePattern = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

export function bucketOperations(context: S3Context): Operations {
  return {
    CreateBucket: (input: CreateBucketRequest, call) => createBucket(context, input, call),
    HeadBucket: (input: HeadBucketRequest, call) => ({
      BucketRegion: requireBucket(context, call, input).region,
    }),
  }
}

function createBucket(
  { buckets, clock }: S3Context,
  input: CreateBucketRequest,
  call: Call,
): CreateBucketOutput {
  const name = input.Bucket ?? ''
  if (!namePattern.test(name)) throw refused('InvalidBucketName', 'The specified bucket is not valid.')
  const region = input.CreateBucketConfiguration?.LocationConstraint ?? 'us-east-1'
  if (region !== call.region) {
    const message = `The ${region === 'us-east-1' ? 'unspecified' : region} location constraint is incompatible for the region specific endpoint this request was sent to.`
    throw refused('IllegalLocationConstraintException', message)
  }
  if (buckets.has(name)) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.'
    throw new ServiceError('BucketAlreadyOwnedByYou', 409, message, { BucketName: name })
  }
  buckets.set(name, { name, region, created: clock() })
  return { Location: `/${name}` }
}
