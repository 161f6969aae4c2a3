import type { Metafile } from 'esbuild'
import { firstNames } from '../../errors/first-few.ts'
import { isInRuntime, isOfSdk, packageName } from '../model/runtime-sdk.ts'
import type { Part } from '../model/types.ts'

const mostNamed = 4

/**
 * Notes which AWS SDK a bundle uses, its own or the runtime's, and which SDK packages are bundled since the runtime may
 * lack them.
 */
export function sdkNotes(metafile: Metafile, runtime: string, sdk: 'bundle' | 'runtime'): string[] {
  const asked = askedOfSdk(metafile)
  if (asked.length === 0) return []
  if (sdk === 'bundle') return ['the AWS SDK is in the bundle']
  const taken = [...new Set(asked.filter(({ external }) => !external).map(({ name }) => name))].toSorted()
  return [
    ...(asked.some(({ name, external }) => external && isInRuntime(runtime, name))
      ? ["the AWS SDK is the runtime's own, not in the bundle (bundle: {sdk: bundle} adds it)"]
      : []),
    ...(taken.length > 0
      ? [
          `these packages are in the bundle, since ${runtime} may not have them: ${firstNames(taken, mostNamed)}`,
        ]
      : []),
  ]
}

interface Asked {
  /** The name of the package. */
  readonly name: string
  readonly external: boolean
}

/** The packages of the AWS SDK v3 that code outside of the SDK imports. */
function askedOfSdk({ inputs, outputs }: Metafile): Asked[] {
  const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)))
  const others = Object.entries(inputs).filter(([path]) => used.has(path) && sdkPackageAt(path) === undefined)
  return others.flatMap(([, { imports }]) =>
    imports.flatMap(({ path, external = false }) => {
      const name = external ? packageName(path) : sdkPackageAt(path)
      return name?.startsWith('@aws-sdk/') ? [{ name, external }] : []
    }),
  )
}

/** The package of the SDK that a file of node_modules belongs to. */
function sdkPackageAt(path: string): string | undefined {
  const inside = /.*\bnode_modules\/(.+)$/.exec(path)?.[1]
  return inside !== undefined && isOfSdk(inside) ? packageName(inside) : undefined
}

/** A note on version 2 of the AWS SDK in a package for a runtime that has version 3. */
export function sdkV2Notes(runtime: string, parts: readonly Part[]): string[] {
  const version = Number(/^nodejs(\d+)/.exec(runtime)?.[1])
  if (!(version >= 18)) return []
  const own = parts.filter(({ path }) => /(?:^|\/)node_modules\/aws-sdk\//.test(path))
  const bytes = own.reduce((sum, { size }) => sum + size, 0)
  if (bytes === 0) return []
  const size = bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
  return [
    `version 2 of the AWS SDK, which got its last update in September 2025, is in the package with ${size} (aws-sdk): ${runtime} itself has version 3 (@aws-sdk/client-s3 and the like); until the code uses that, require('aws-sdk/clients/s3') in place of require('aws-sdk') adds one client and not all`,
  ]
}
