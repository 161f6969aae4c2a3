import { createHash } from 'node:crypto'
import type {
  Bucket as BucketOutput,
  CreateBucketOutput,
  CreateBucketRequest,
  DeleteBucketRequest,
  GetBucketLocationRequest,
  GetBucketVersioningRequest,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
  PutBucketVersioningRequest,
} from '@aws-sdk/client-s3'
import { partitionOf } from '../../../function/values/partition.ts'
import { accepting, notImplemented } from '../../protocol/accepting.ts'
import { pageOf } from '../../protocol/paging.ts'
import { malformedXml } from '../../protocol/rest-xml.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { isEmpty } from '../objects/delete-object.ts'
import { invalidArgument, refused } from '../storage/errors.ts'
import { type Bucket, findBucket, requireBucket, type S3Context } from '../storage/store.ts'
import { wholeSeconds } from '../storage/whole-seconds.ts'

// S3's rules for names, without the reserved beginnings and endings.
const namePattern = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d$/

const named = ['Bucket', 'ExpectedBucketOwner'] as const

export function bucketOperations(context: S3Context): Operations {
  return {
    CreateBucket: accepting<CreateBucketRequest>(
      ['Bucket', 'ACL', 'CreateBucketConfiguration', 'ObjectOwnership'],
      (input, call) => createBucket(context, input, call),
    ),
    HeadBucket: accepting<HeadBucketRequest>([...named], (input, call) => {
      const bucket = requireBucket(context, call, input)
      return { BucketRegion: bucket.region, BucketArn: arnOf(bucket), AccessPointAlias: false }
    }),
    DeleteBucket: accepting<DeleteBucketRequest>([...named], (input, call) =>
      context.alone(async () => deleteBucket(context, input, call)),
    ),
    ListBuckets: accepting<ListBucketsRequest>(
      ['MaxBuckets', 'ContinuationToken', 'Prefix', 'BucketRegion'],
      (input, call) => listBuckets(context, input, call),
    ),
    GetBucketLocation: accepting<GetBucketLocationRequest>([...named], (input, call) => ({
      LocationConstraint: findBucket(context, call, input).region,
    })),
    GetBucketVersioning: accepting<GetBucketVersioningRequest>([...named], (input, call) => {
      const { versioning } = requireBucket(context, call, input)
      return versioning ? { Status: versioning } : {}
    }),
    PutBucketVersioning: accepting<PutBucketVersioningRequest>(
      [...named, 'ContentMD5', 'ChecksumAlgorithm', 'VersioningConfiguration'],
      (input, call) => context.alone(async () => putVersioning(context, input, call)),
    ),
  }
}

function createBucket(
  { buckets, clock }: S3Context,
  input: CreateBucketRequest,
  call: Call,
): CreateBucketOutput {
  const name = input.Bucket ?? ''
  if (!namePattern.test(name)) {
    throw refused('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: name })
  }
  if (input.ACL !== undefined && input.ACL !== 'private') {
    throw refused(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    )
  }
  if (input.ObjectOwnership !== undefined && input.ObjectOwnership !== 'BucketOwnerEnforced') {
    throw notImplemented(`the ObjectOwnership ${input.ObjectOwnership}`)
  }
  const region = regionOf(input.CreateBucketConfiguration, call)
  const present = buckets.get(name)
  // In its first Region, S3 takes a bucket that is there as a success, as it always did.
  if (present && !(present.region === 'us-east-1' && call.region === 'us-east-1')) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.'
    throw new ServiceError('BucketAlreadyOwnedByYou', 409, message, { BucketName: name })
  }
  const bucket = present ?? { name, region, created: clock() }
  buckets.set(name, bucket)
  return {
    Location: call.region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
    BucketArn: arnOf(bucket),
  }
}

/** us-east-1 is S3's global endpoint: it makes buckets for every Region, and has no name for its own. */
function regionOf(configuration: CreateBucketRequest['CreateBucketConfiguration'], call: Call): string {
  const { LocationConstraint: asked, ...others } = configuration ?? {}
  const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? []
  if (other !== undefined) throw notImplemented(`the parameter ${other}`)
  if (asked !== undefined && (asked === ('us-east-1' as string) || !regionPattern.test(asked))) {
    throw refused('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      LocationConstraint: asked,
    })
  }
  if (call.region === 'us-east-1') return asked ?? 'us-east-1'
  if (asked === call.region) return asked
  const message = `The ${asked ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`
  throw refused('IllegalLocationConstraintException', message)
}

function deleteBucket(context: S3Context, input: DeleteBucketRequest, call: Call): object {
  const bucket = requireBucket(context, call, input)
  if (!isEmpty(context, bucket)) {
    const hint = bucket.versioning === undefined ? '' : '. You must delete all versions in the bucket.'
    const message = `The bucket you tried to delete is not empty${hint}`
    throw new ServiceError('BucketNotEmpty', 409, message, { BucketName: bucket.name })
  }
  context.buckets.delete(bucket.name)
  return {}
}

function listBuckets(context: S3Context, input: ListBucketsRequest, call: Call): ListBucketsOutput {
  const { MaxBuckets = 10_000, Prefix = '', BucketRegion } = input
  if (MaxBuckets < 1 || MaxBuckets > 10_000) {
    throw invalidArgument(
      'Argument max-buckets must be an integer between 1 and 10000',
      'max-buckets',
      MaxBuckets,
    )
  }
  const own = [...context.buckets.values()].filter(
    ({ name, region }) => name.startsWith(Prefix) && (BucketRegion === undefined || region === BucketRegion),
  )
  const { items, next } = pageOf(own, ({ name }) => name, {
    size: MaxBuckets,
    token: input.ContinuationToken,
    invalidToken: () => invalidToken(input.ContinuationToken),
  })
  const isPaged = (input.MaxBuckets ?? input.Prefix ?? input.ContinuationToken ?? BucketRegion) !== undefined
  return {
    Buckets: items.map((bucket) => bucketOutput(bucket, isPaged)),
    Owner: ownerOf(call),
    ...(next !== undefined && { ContinuationToken: next }),
    ...(input.Prefix !== undefined && { Prefix }),
  }
}

function bucketOutput(bucket: Bucket, isPaged: boolean): BucketOutput {
  return {
    Name: bucket.name,
    CreationDate: wholeSeconds(bucket.created),
    ...(isPaged && { BucketRegion: bucket.region }),
    BucketArn: arnOf(bucket),
  }
}

function putVersioning(context: S3Context, input: PutBucketVersioningRequest, call: Call): object {
  const bucket = requireBucket(context, call, input)
  const { Status: versioning, MFADelete } = input.VersioningConfiguration ?? {}
  if (MFADelete !== undefined && MFADelete !== 'Disabled') throw notImplemented('MFA deletes')
  if (versioning === undefined) {
    throw refused('IllegalVersioningConfigurationException', 'The Versioning element must be specified')
  }
  if (versioning !== 'Enabled' && versioning !== 'Suspended') throw malformedXml()
  context.buckets.set(bucket.name, { ...bucket, versioning })
  return {}
}

function arnOf({ name, region }: Bucket): string {
  return `arn:${partitionOf(region)}:s3:::${name}`
}

/** The canonical user of an account. */
export function ownerOf({ account }: Pick<Call, 'account'>): { ID: string } {
  return { ID: createHash('sha256').update(account).digest('hex') }
}

/** 400. */
export function invalidToken(token: string | undefined): ServiceError {
  return invalidArgument('The continuation token provided is incorrect', 'continuation-token', token ?? '')
}
