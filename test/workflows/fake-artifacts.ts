import type { ArtifactPlace, Artifacts } from '../../src/ports/artifacts.ts'
import type { Calls } from './calls.ts'
import type { FakeClock } from './fake-clock.ts'

export interface FakeArtifacts extends Artifacts {
  /** The objects in S3, by `bucket/key`. */
  objects: Map<string, Uint8Array>
  places: ArtifactPlace[]
  /** How long an upload takes; it tells how far it is at its start and four times. */
  uploadMs: number
}

/** Buckets that take everything. */
export function fakeArtifacts(clock: FakeClock, calls: Calls): FakeArtifacts {
  const fake: FakeArtifacts = {
    objects: new Map(),
    places: [],
    uploadMs: 0,
    read: () => Promise.reject(new Error('no test reads an object')),
    async keep(place, content, onProgress) {
      const { bucket, key } = place
      const isThere = await calls.perform('artifacts.keep', () => fake.objects.has(`${bucket}/${key}`))
      fake.places.push(place)
      const object = { bucket, key }
      if (isThere) return { object, uploadedBytes: 0 }
      onProgress(0)
      for (const quarter of [1, 2, 3, 4]) {
        await clock.sleep(fake.uploadMs / 4)
        onProgress(Math.round((content.length * quarter) / 4))
      }
      fake.objects.set(`${bucket}/${key}`, content)
      return { object, uploadedBytes: content.length }
    },
  }
  return fake
}
