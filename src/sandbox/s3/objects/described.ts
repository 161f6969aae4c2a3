import type { HeadObjectOutput } from '@aws-sdk/client-s3'
import { invalidArgument, refused } from '../storage/errors.ts'
import type { Described } from '../storage/store.ts'
import { tagsInHeader } from './tagging.ts'

const plain = [
  'ContentType',
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'WebsiteRedirectLocation',
  'StorageClass',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
] as const

/** The members of a request that describe an object. */
export const describing = [...plain, 'Expires', 'Metadata', 'Tagging', 'ACL'] as const

export type Describing = {
  [Name in Exclude<(typeof plain)[number], 'BucketKeyEnabled'>]?: string | undefined
} & {
  BucketKeyEnabled?: boolean | undefined
  Expires?: Date | undefined
  Metadata?: Record<string, string> | undefined
  Tagging?: string | undefined
  ACL?: string | undefined
}

/** S3's limit for names and values of user metadata together, bytes. */
const longestMetadata = 2048

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]

/** The description of an object in a request. @throws ServiceError 400 */
export function describedIn(input: Describing): Described {
  checkAcl(input.ACL)
  if (input.StorageClass !== undefined && !storageClasses.includes(input.StorageClass)) {
    throw refused('InvalidStorageClass', 'The storage class you specified is not valid', {
      StorageClassRequested: input.StorageClass,
    })
  }
  const { Expires, Metadata, Tagging } = input
  return {
    ...Object.fromEntries(plain.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
    ...(Expires && { expires: Expires.getTime() }),
    ...(Metadata && Object.keys(Metadata).length > 0 && { metadata: checkedMetadata(Metadata) }),
    ...(Tagging && { tags: tagsInHeader(Tagging) }),
  }
}

/** A bucket of today has no ACLs: its owner has everything. */
function checkAcl(acl: string | undefined): void {
  if (acl === undefined || acl === 'private' || acl === 'bucket-owner-full-control') return
  throw refused('AccessControlListNotSupported', 'The bucket does not allow ACLs')
}

function checkedMetadata(metadata: Record<string, string>): Record<string, string> {
  const size = Object.entries(metadata).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0)
  if (size > longestMetadata) {
    throw refused('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: String(size),
      MaxSizeAllowed: String(longestMetadata),
    })
  }
  return metadata
}

/** The headers that describe an object. */
export function descriptionOf(object: Described): Partial<HeadObjectOutput> {
  const { expires, metadata, tags, StorageClass } = object
  return {
    ...(Object.fromEntries(
      plain.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])),
    ) as Partial<HeadObjectOutput>),
    ContentType: object.ContentType ?? 'binary/octet-stream',
    ...(StorageClass === 'STANDARD' && { StorageClass: undefined }),
    ...encryptionOf(object),
    ...(expires !== undefined && { Expires: new Date(expires) }),
    Metadata: { ...metadata },
    ...(tags && Object.keys(tags).length > 0 && { TagCount: Object.keys(tags).length }),
  }
}

type Encryption = Pick<HeadObjectOutput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'>

/** Nothing is encrypted; the answer says what was asked for. */
export function encryptionOf({ ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled }: Described): Encryption {
  return {
    ServerSideEncryption: (ServerSideEncryption ?? 'AES256') as 'AES256',
    ...(SSEKMSKeyId === undefined ? {} : { SSEKMSKeyId }),
    ...(BucketKeyEnabled ? { BucketKeyEnabled } : {}),
  }
}

/** @throws ServiceError 400 */
export function checkKey(key: string): void {
  if (key === '') throw invalidArgument('A key must be specified.', 'key', key)
  if (Buffer.byteLength(key) > 1024) {
    throw refused('KeyTooLongError', 'Your key is too long', {
      Size: String(Buffer.byteLength(key)),
      MaxSizeAllowed: '1024',
    })
  }
}
