import { LambdactlError } from '../../errors/error.ts'
import { firstFew, firstNames } from '../../errors/first-few.ts'
import { type LayerModules, shortLayer } from './layer-modules.ts'

/** A module that code imports and the package lacks; `path` is the code's. */
export interface Trusted {
  readonly path: string
  /** The name of the package, or of the top-level Python module. */
  readonly name: string
}

const mostNamed = 3

/**
 * Judges the modules that only a layer can have. If all layers were read, one of them must have each module.
 *
 * @returns a note on modules that are taken on trust, since a layer could not be read
 * @throws LambdactlError PACKAGE_INVALID naming the modules that no layer has
 */
export function judgeTrusted(
  handler: string,
  trusted: readonly Trusted[],
  layers: readonly string[],
  looked: LayerModules,
): string[] {
  const absent = absentOf(trusted, looked)
  if (absent.length === 0) return []
  if (looked.unread.length > 0) return [onTrust(absent, looked)]
  const lines = absent.map(({ path, name }) => `${path} imports ${name}`)
  throw new LambdactlError(
    'PACKAGE_INVALID',
    [
      `The handler ${handler} can't be loaded, so Lambda couldn't start it: neither the package nor ${layersWords(layers)} has the modules that it imports.`,
      ...firstFew(lines, mostNamed).map((line) => `  ${line}`),
    ].join('\n'),
    {
      next: [
        (config) => `Install it, or name the layer that has it in layers: of ${config.name}.`,
        'To package without loading the handler: --no-load.',
      ],
    },
  )
}

/** The modules that no layer among those read has. */
export function absentOf(trusted: readonly Trusted[], { names }: LayerModules): Trusted[] {
  return trusted.filter(({ name }) => !names.has(name))
}

/** Says which modules are taken on trust, and why. */
function onTrust(absent: readonly Trusted[], { unread }: LayerModules): string {
  const names = [...new Set(absent.map(({ name }) => name))]
  return `the package has no ${firstNames(names, mostListed)}: lambdactl assumes that a layer has it, since these layers could not be read: ${unread.join(', ')}`
}

const mostListed = 8

/** `the layer pad:3`, `the layers pad:3 and util:1`. */
export function layersWords(layers: readonly string[]): string {
  const names = layers.map(shortLayer)
  return names.length === 1
    ? `its layer ${names[0]}`
    : `its layers ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
