import type { GetBucketAclOutput, GetBucketEncryptionOutput } from '@aws-sdk/client-s3'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { type BucketRequest, requireBucket, type S3Context } from '../storage/store.ts'
import { ownerOf } from './buckets.ts'

const named = ['Bucket', 'ExpectedBucketOwner'] as const

/** Settings that a new bucket has; putting another is refused. */
const defaults: Readonly<Record<string, (call: Call) => object>> = {
  GetBucketAcl: acl,
  GetBucketAccelerateConfiguration: () => ({}),
  GetBucketEncryption: encryption,
  GetBucketLogging: () => ({}),
  GetBucketOwnershipControls: () => ({
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  }),
  GetBucketRequestPayment: () => ({ Payer: 'BucketOwner' }),
  GetPublicAccessBlock: () => ({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  }),
}

/** Settings that a new bucket lacks: the code and the text of the 404. */
const missing: Readonly<Record<string, readonly [code: string, text: string]>> = {
  GetBucketCors: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  GetBucketPolicy: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  GetBucketPolicyStatus: ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  GetBucketReplication: [
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ],
  GetBucketWebsite: [
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ],
  GetObjectLockConfiguration: [
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ],
}

/** The settings of buckets that the sandbox does not keep, as a new bucket has them: Terraform reads them all. */
export function bucketSettingsOperations(context: S3Context): Operations {
  return {
    ...each(defaults, (setting) => (input, call) => {
      requireBucket(context, call, input)
      return setting(call)
    }),
    ...each(missing, ([code, text]) => (input, call) => {
      const { name } = requireBucket(context, call, input)
      throw notFound(code, text, name)
    }),
  }
}

type BucketOperation = (input: BucketRequest, call: Call) => object

function each<Row>(rows: Readonly<Record<string, Row>>, make: (row: Row) => BucketOperation): Operations {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, accepting<BucketRequest>([...named], make(row))]),
  )
}

function notFound(code: string, text: string, bucket: string): ServiceError {
  return new ServiceError(code, 404, text, { BucketName: bucket })
}

/** The owner may do everything, and nobody else anything. */
function acl(call: Call): GetBucketAclOutput {
  const Owner = ownerOf(call)
  return {
    Owner,
    Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
  }
}

function encryption(): GetBucketEncryptionOutput {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'AES256' } as const
  return {
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: false }],
    },
  }
}
