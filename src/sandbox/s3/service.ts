import { Readable } from 'node:stream'
import * as s3 from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import { type Pace, realPace } from '../clock.ts'
import { createDelivery } from '../delivery/deliver.ts'
import { noFunctions } from '../functions.ts'
import { operationSchemas, type Service } from '../protocol/service.ts'
import type { BodyContent, WireResponse } from '../protocol/wire.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import { bucketSettingsOperations } from './buckets/bucket-settings.ts'
import { bucketTaggingOperations } from './buckets/bucket-tagging.ts'
import { bucketOperations } from './buckets/buckets.ts'
import { listObjectsOperations } from './buckets/list-objects.ts'
import { listVersionsOperation } from './buckets/list-versions.ts'
import { startLifecycle } from './lifecycle/lifecycle-timer.ts'
import { lifecycleOperations } from './lifecycle/operations.ts'
import { completeOperation } from './multipart/complete.ts'
import { multipartLists } from './multipart/lists.ts'
import { partOperations } from './multipart/parts.ts'
import { uploadOperations } from './multipart/uploads.ts'
import type { Destinations } from './notifications/destinations.ts'
import { createNotifier } from './notifications/notify.ts'
import { notificationOperations } from './notifications/operations.ts'
import { attributesOperation } from './objects/attributes.ts'
import { copyObjectOperation } from './objects/copy-object.ts'
import { deleteObjectOperations } from './objects/delete-object.ts'
import { putObject, putObjectOperation } from './objects/put-object.ts'
import { readObjectOperations } from './objects/read-object.ts'
import { taggingOperations } from './objects/tagging.ts'
import { createRouter } from './route.ts'
import { createBlobs } from './storage/blobs.ts'
import { createGarbage } from './storage/garbage.ts'
import { heldDigests, type S3Context } from './storage/store.ts'
import { requireObject } from './storage/versions.ts'

export interface S3Dependencies {
  /** The folder for contents; part of the state folder if there is one. */
  directory: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Runs its work when all present changes are on disk; default: at once. */
  afterCommit?: (work: () => void) => void
  /** The targets of notifications; default: there are none. */
  destinations?: Destinations
  /** Default: real time. */
  pace?: Pace
  /** The owner of all buckets; default: 000000000000. */
  account?: string
  /** How long a day of lifecycle rules is, in milliseconds of the sandbox; default: 24 hours. */
  lifecycleDayMs?: number
}

/** Reads an object for another service. @throws ServiceError S3's own */
export type ReadObject = (
  object: { Bucket: string; Key: string; VersionId?: string | undefined },
  caller: { account: string; region: string },
) => Promise<Uint8Array>

/** Writes an object for another service. @throws ServiceError S3's own */
export type WriteObject = (
  object: { Bucket: string; Key: string; Body: Uint8Array; ContentType: string },
  caller: { account: string; region: string },
) => Promise<void>

const noDestinations: Destinations = { delivery: createDelivery({}), functions: noFunctions }

/** S3's limit for one upload or one part, bytes. */
const largestUpload = 5_368_709_120

/** S3 in path style; README.md tells what it has. */
export function s3Service({
  directory,
  clock,
  afterCommit = (work) => work(),
  destinations = noDestinations,
  pace = realPace,
  account = '000000000000',
  lifecycleDayMs = 86_400_000,
}: S3Dependencies): {
  service: Service
  persistent: Persistent[]
  read: ReadObject
  write: WriteObject
  /** Removes contents that nothing refers to, after the records are restored. */
  sweep(): Promise<void>
  close(): void
} {
  const records: Pick<S3Context, 'buckets' | 'objects' | 'earlier' | 'uploads' | 'completed' | 'parts'> = {
    buckets: new KeptMap('bucket'),
    objects: new KeptMap('object'),
    earlier: new KeptMap('earlier-versions'),
    uploads: new KeptMap('upload'),
    completed: new KeptMap('completed-upload'),
    parts: new KeptMap('part'),
  }
  const shared = { ...records, blobs: createBlobs(directory), alone: pLimit(1), clock }
  const context: S3Context = {
    ...shared,
    forget: createGarbage(shared, afterCommit),
    notify: createNotifier(destinations.delivery, clock),
  }
  const schemas = operationSchemas(s3)
  return {
    close: startLifecycle(context, account, { pace, dayMs: lifecycleDayMs }),
    service: {
      signingName: 's3',
      protocol: { kind: 'restXml', xml: clientCodec(), route: createRouter(schemas), special },
      schemas,
      operations: operationsOf(context, destinations),
      largestStream: largestUpload,
    },
    persistent: Object.values(records),
    sweep: () => context.blobs.sweep(heldDigests(context)),
    read: async (object, caller) => {
      const { digest, size } = requireObject(context, { ...caller, requestId: '', host: '' }, object)
      const chunks = size === 0 ? [] : await Array.fromAsync(await context.blobs.read(digest))
      return Buffer.concat(chunks)
    },
    async write({ Body, ...object }, caller) {
      const body: BodyContent = { size: Body.byteLength, stream: () => Readable.from([Body]) }
      await putObject(context, { ...object, Body: body }, { ...caller, requestId: '', host: '' })
    },
  }
}

function operationsOf(context: S3Context, destinations: Destinations): Service['operations'] {
  return {
    ...bucketOperations(context),
    ...bucketSettingsOperations(context),
    ...bucketTaggingOperations(context),
    ...notificationOperations(context, destinations),
    ...lifecycleOperations(context),
    ...listObjectsOperations(context),
    ...listVersionsOperation(context),
    ...putObjectOperation(context),
    ...readObjectOperations(context),
    ...copyObjectOperation(context),
    ...deleteObjectOperations(context),
    ...attributesOperation(context),
    ...taggingOperations(context),
    ...uploadOperations(context),
    ...partOperations(context),
    ...completeOperation(context),
    ...multipartLists(context),
  }
}

/**
 * Answers whose form is not in the model: 206 for a part of an object, 204 for tags, and a location without its inner
 * element.
 */
function special(operation: string, output: object): Partial<WireResponse> {
  if ('ContentRange' in output) return { status: 206 }
  if (operation === 'PutBucketTagging') return { status: 204 }
  if (operation !== 'GetBucketLocation') return {}
  const { LocationConstraint = '' } = output as { LocationConstraint?: string }
  const region = LocationConstraint === 'us-east-1' ? '' : LocationConstraint
  return {
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
  }
}

/** The client's own codec; its protocol follows S3's special rules. */
function clientCodec() {
  const client = new s3.S3Client({ region: 'us-east-1' })
  const codec = client.config.protocol.getPayloadCodec()
  client.destroy()
  return codec
}
