import * as s3 from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import { operationSchemas, type Service } from '../protocol/service.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import { createBlobs } from './blobs.ts'
import { bucketOperations } from './buckets.ts'
import { createGarbage } from './garbage.ts'
import { multipartOperations } from './multipart.ts'
import { multipartLists } from './multipart-lists.ts'
import { objectOperations, requireObject } from './objects.ts'
import { routeS3 } from './route.ts'
import { heldDigests, type S3Context } from './store.ts'

export interface S3Dependencies {
  /** The folder for contents; part of the state folder if there is one. */
  directory: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Runs its work when all present changes are on disk; default: at once. */
  afterCommit?: (work: () => void) => void
}

/** Reads an object for another service. @throws ServiceError S3's own */
export type ReadObject = (
  object: { Bucket: string; Key: string; VersionId?: string | undefined },
  caller: { account: string; region: string },
) => Promise<Uint8Array>

/** The part of S3 that packages need: buckets, objects and multipart uploads, in path style, without versions. */
export function s3Service({ directory, clock, afterCommit = (work) => work() }: S3Dependencies): {
  service: Service
  persistent: Persistent[]
  read: ReadObject
  /** Removes contents that nothing refers to, after the records are restored. */
  sweep(): Promise<void>
} {
  const records: Pick<S3Context, 'buckets' | 'objects' | 'uploads' | 'parts'> = {
    buckets: new KeptMap('bucket'),
    objects: new KeptMap('object'),
    uploads: new KeptMap('upload'),
    parts: new KeptMap('part'),
  }
  const shared = { ...records, blobs: createBlobs(directory), alone: pLimit(1), clock }
  const context: S3Context = { ...shared, forget: createGarbage(shared, afterCommit) }
  return {
    service: {
      signingName: 's3',
      protocol: { kind: 'restXml', xml: clientCodec(), route: routeS3 },
      schemas: operationSchemas(s3),
      operations: {
        ...bucketOperations(context),
        ...objectOperations(context),
        ...multipartOperations(context),
        ...multipartLists(context),
      },
    },
    persistent: Object.values(records),
    sweep: () => context.blobs.sweep(heldDigests(context)),
    read: (object, caller) =>
      context.blobs.get(requireObject(context, { ...caller, requestId: '', host: '' }, object).digest),
  }
}

/** The client's own codec; its protocol follows S3's special rules. */
function clientCodec() {
  const client = new s3.S3Client({ region: 'us-east-1' })
  const codec = client.config.protocol.getPayloadCodec()
  client.destroy()
  return codec
}
