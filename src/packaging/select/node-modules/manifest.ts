import { join } from 'node:path'
import { readBeside } from '../read-beside.ts'

/** The parts of a package.json that decide about a package's dependencies and machines. */
export interface Manifest {
  /** The names that it may need: dependencies, optional ones and peers. */
  readonly asksFor: readonly string[]
  /** The names that it needs to run. */
  readonly requires: readonly string[]
  /** Names in optionalDependencies. */
  readonly optional: readonly string[]
  /** Whether one of several signs points to a native add-on. */
  readonly hintsAtAddOns: boolean
  /** Peers that it can do without. */
  readonly optionalPeers: readonly string[]
  /** The names that it needs for development only. */
  readonly development: readonly string[]
  /** The machines that it is for, in npm's words; undefined for all. */
  readonly os: readonly string[] | undefined
  readonly cpu: readonly string[] | undefined
  readonly libc: readonly string[] | undefined
}

/** Packages that help others to find or build their add-ons. */
const addOnFinders = new Set(
  'bindings node-gyp-build node-gyp-build-optional-packages @mapbox/node-pre-gyp node-pre-gyp prebuild-install node-addon-api nan'.split(
    ' ',
  ),
)

/** Reads the package.json of a folder; a missing or invalid file counts as empty. */
export function readManifest(folder: string): Manifest {
  const json = objectIn(parsed(join(folder, 'package.json')))
  const names = (field: string) => Object.keys(objectIn(json[field]))
  const optional = names('optionalDependencies')
  // Some packages name an optional peer only in the second field.
  const peers = [...names('peerDependencies'), ...names('peerDependenciesMeta')]
  const asksFor = [...new Set([...names('dependencies'), ...optional, ...peers])]
  const peersMeta = Object.entries(objectIn(json['peerDependenciesMeta']))
  return {
    asksFor,
    optional,
    hintsAtAddOns:
      ['gypfile', 'binary', 'napi'].some((field) => field in json) ||
      'install' in objectIn(json['scripts']) ||
      asksFor.some((name) => addOnFinders.has(name)),
    optionalPeers: peersMeta.filter(([, meta]) => objectIn(meta)['optional'] === true).map(([name]) => name),
    requires: names('dependencies').filter((name) => !optional.includes(name)),
    development: names('devDependencies').filter((name) => !asksFor.includes(name)),
    os: listIn(json['os']),
    cpu: listIn(json['cpu']),
    libc: listIn(json['libc']),
  }
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(
      readBeside(path)
        ?.toString('utf8')
        .replace(/^\uFEFF/, '') ?? '',
    )
  } catch {
    return undefined
  }
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function listIn(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined
}
