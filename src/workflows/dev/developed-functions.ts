import { isDeepStrictEqual } from 'node:util'
import type { Watched } from '../../packaging/watch/watch-files.ts'
import { buildWrites } from './build-writes.ts'
import { type DevelopedFunction, developedFunction, type Means } from './developed-function.ts'
import type { Developed } from './event.ts'

/** How the functions of lambdactl.yaml differ from those before. */
interface Difference {
  added: readonly Developed[]
  changed: readonly Developed[]
  /** Their names. */
  removed: readonly string[]
}

/** The functions that are developed, as lambdactl.yaml had them last. */
export interface DevelopedFunctions {
  /** Takes the functions of the file: new ones join, and those that it has no more are left. */
  take(found: readonly Developed[]): Promise<Difference>
  /** Deploys functions that were taken, side by side. */
  deploy(all: readonly Developed[]): Promise<void>
  note(path: string): void
  watched(): Watched
  count(): number
  end(): Promise<void>
}

/** No functions yet. */
export function developedFunctions(given: Omit<Means, 'builds'>): DevelopedFunctions {
  const builds = buildWrites()
  const means: Means = { ...given, builds }
  const known = new Map<string, { described: Developed; worker: DevelopedFunction }>()
  const workers = () => Array.from(known.values(), ({ worker }) => worker)
  const leave = async (name: string) => {
    const left = known.get(name)
    known.delete(name)
    await left?.worker.end()
  }
  return {
    async take(found) {
      const difference = differenceOf(
        new Map(Array.from(known, ([name, { described }]) => [name, described])),
        found,
      )
      for (const described of [...difference.added, ...difference.changed]) {
        const { name } = described.fn
        const worker = known.get(name)?.worker ?? developedFunction(described, means)
        known.set(name, { described, worker })
      }
      await Promise.all(difference.removed.map(leave))
      return difference
    },
    async deploy(all) {
      await Promise.all(all.map(async (described) => known.get(described.fn.name)?.worker.deploy(described)))
    },
    note(path) {
      const isBuilt = builds.note(path)
      // A build may write the source of a function that has none.
      for (const { described, worker } of known.values())
        if (!(isBuilt && described.fn.build)) worker.note(path)
    },
    watched() {
      const all = workers().map((worker) => worker.watched())
      return {
        folders: [...new Set(all.flatMap(({ folders }) => folders))],
        files: [...new Set(all.flatMap(({ files }) => files))],
      }
    },
    count: () => known.size,
    async end() {
      await Promise.all(workers().map((worker) => worker.end()))
    },
  }
}

function differenceOf(before: ReadonlyMap<string, Developed>, found: readonly Developed[]): Difference {
  const names = new Set(found.map(({ fn }) => fn.name))
  return {
    added: found.filter(({ fn }) => !before.has(fn.name)),
    changed: found.filter(({ fn }) => {
      const one = before.get(fn.name)
      return one && !isDeepStrictEqual(one.fn, fn)
    }),
    removed: [...before.keys()].filter((name) => !names.has(name)),
  }
}
