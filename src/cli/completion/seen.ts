import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../packaging/cache/cache-folder.ts'
import { forgetOldest } from '../../packaging/cache/forget-oldest.ts'

/** The versions and releases of a function that earlier commands read, newest first. */
interface SeenFunction {
  versions: readonly string[]
  releases: readonly string[]
  /** The last sight of them, milliseconds since the epoch by this machine's clock. */
  time: number
}

/** By the name of the function in `lambdactl.yaml`. */
export type Seen = Readonly<Record<string, SeenFunction>>

/** An environment of a configuration file. */
export interface SeenPlace {
  /** The absolute path of the file. */
  config: string
  environment: string
}

/** After this time a function's versions and releases are forgotten, milliseconds. */
const keptMs = 24 * 3_600_000
/** The memory of all environments, bytes: a few kilobytes each. */
const mostBytes = 1_000_000
/** More would not fit on a screen. */
const most = 50

/** Reads what earlier commands of the last day saw; empty if there is nothing, or the cache is not this user's alone. */
export async function readSeen(place: SeenPlace): Promise<Seen> {
  const { folder } = await cacheFolder('seen')
  return folder === undefined ? {} : seenIn(join(folder, fileOf(place)))
}

/** Adds to the memory of an environment. A cache that can't be written is left as it is. */
export async function keepSeen(place: SeenPlace, news: Seen): Promise<void> {
  const { folder } = await cacheFolder('seen')
  if (folder === undefined) return
  const path = join(folder, fileOf(place))
  const passing = `${path}.${randomUUID()}`
  await writeFile(passing, JSON.stringify(merged(await seenIn(path), news)), { mode: 0o600 })
  await rename(passing, path)
  await forgetOldest(folder, mostBytes)
}

function fileOf({ config, environment }: SeenPlace): string {
  return `${createHash('sha256').update(`${config}\0${environment}`).digest('hex').slice(0, 32)}.json`
}

/** A file that is not there, or was cut off by a full disk, is as an empty one. */
async function seenIn(path: string): Promise<Seen> {
  try {
    const seen = JSON.parse(await readFile(path, 'utf8')) as Seen
    const oldest = Date.now() - keptMs
    return Object.fromEntries(Object.entries(seen).filter(([, { time }]) => time > oldest))
  } catch {
    return {}
  }
}

function merged(before: Seen, news: Seen): Seen {
  const added = Object.entries(news).map(([name, { versions, releases, time }]): [string, SeenFunction] => {
    const { versions: oldVersions = [], releases: oldReleases = [] } = before[name] ?? {}
    return [
      name,
      {
        versions: first([...versions, ...oldVersions].toSorted((a, b) => Number(b) - Number(a))),
        releases: first([...releases, ...oldReleases]),
        time,
      },
    ]
  })
  return { ...before, ...Object.fromEntries(added) }
}

function first(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, most)
}
