import { frameAt, scriptPlaceOf } from '../../logs/lines/script-place.ts'
import type { SourcePlaces } from '../../packaging/patch/source-places.ts'
import type { Tailing } from './patient-pages.ts'

/**
 * Returns a stack of a function's version with the frames of its own scripts as they are in the sources, where the package
 * has a source map.
 */
export type SourceStacks = (
  lambdaName: string,
  version: string,
  stack: readonly string[],
) => Promise<readonly string[]>

/** The package of a version. */
interface Package {
  /** Settles when `places` is known, or when the package can't be read. */
  reading: Promise<void>
  /** Undefined until then. */
  places: SourcePlaces | undefined
}

/** How many packages' maps are kept. */
const mostPackages = 4

/**
 * A version's package is read at its first stack. One that can't be read leaves the stacks as they are.
 *
 * @param patienceMs a stack waits for its package no longer than this; only later stacks have it then
 */
export function sourceStacks(run: Tailing, patienceMs: number): SourceStacks {
  const packages = new Map<string, Package>()
  return async (lambdaName, version, stack) => {
    if (!stack.some((frame) => scriptPlaceOf(frame))) return stack
    const name = `${lambdaName}:${version}`
    const known = packages.get(name)
    const found = known ?? beginToRead(run, lambdaName, version)
    if (!known) {
      packages.set(name, found)
      if (packages.size > mostPackages) packages.delete(packages.keys().next().value ?? '')
      await atMost(patienceMs, found.reading, run)
    }
    const { places } = found
    return places ? stack.map((frame) => inSource(frame, places)) : stack
  }
}

function beginToRead({ aws }: Tailing, lambdaName: string, version: string): Package {
  const begun: Package = { reading: Promise.resolve(), places: undefined }
  const read = async () => {
    const { sourcePlaces } = await import('../../packaging/patch/source-places.ts')
    begun.places = await sourcePlaces(
      await aws.functions.code(lambdaName, version),
      `${lambdaName}:${version}`,
    )
  }
  begun.reading = read().catch(() => undefined)
  return begun
}

/** Waits for work to be done, for so many milliseconds at most. */
async function atMost(ms: number, work: Promise<void>, { clock, signal }: Tailing): Promise<void> {
  const done = new AbortController()
  const isDone = work.then(() => done.abort())
  await Promise.race([isDone, clock.pause(ms, AbortSignal.any([signal, done.signal]))])
}

function inSource(frame: string, places: SourcePlaces): string {
  const place = scriptPlaceOf(frame)
  const source = place && places(place)
  return source ? frameAt(frame, source) : frame
}
