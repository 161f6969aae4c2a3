import { posix } from 'node:path'
import { mapOf } from '../../json.ts'
import { texts } from '../forms.ts'
import { dataOf, type Part, partsOf } from '../part.ts'
import { type Counterpart, type Openness, type Taken, takeProperties } from '../take.ts'

const isAwsSdk = (name: string) => name === 'aws-sdk' || name.startsWith('@aws-sdk/')

/** The counterparts of SAM's settings of esbuild, without those that SAM has by default. */
const settings: Readonly<Record<string, Counterpart>> = {
  EntryPoints: '',
  External: (value) => {
    const names = texts(value)?.filter((name) => !isAwsSdk(name))
    return names && (names.length > 0 ? { external: names } : {})
  },
  Format: (value) => (value === 'esm' || value === 'cjs' ? { format: value } : undefined),
  KeepNames: (value) => (typeof value === 'boolean' ? { keepNames: value } : undefined),
  Loader: (value) => {
    const pairs = texts(value)?.map((each) => each.split('='))
    return pairs && { loader: Object.fromEntries(pairs) }
  },
  MainFields: (value) =>
    typeof value === 'string' ? { mainFields: value.split(',').map((each) => each.trim()) } : undefined,
  Minify: (value) => (typeof value === 'boolean' ? { minify: value } : undefined),
  Sourcemap: (value) => (typeof value === 'boolean' ? { sourcemap: value } : undefined),
  Target: "lambdactl compiles for the function's runtime",
  UseNpmCi: 'install the packages before lambdactl runs, as with npm ci',
}

/**
 * Takes a bundle by esbuild.
 *
 * @returns with the folder of its entry points, relative to the source: SAM puts their output at the package's top
 */
export function takeEsbuild(written: Part | undefined, openness: Openness): Taken & { entry: string } {
  const { fields, left } = takeProperties(partsOf(written), settings, openness)
  const data = mapOf(written && dataOf(written))
  const leavesSdkOut = texts(data['External'])?.some(isAwsSdk) ?? false
  const bundle = { format: 'cjs', minify: true, ...fields, ...(!leavesSdkOut && { sdk: 'bundle' }) }
  const named = left.map(({ what, ...rest }) => ({ what: `Metadata.BuildProperties.${what}`, ...rest }))
  return { entry: commonFolder(texts(data['EntryPoints']) ?? []), fields: { bundle }, left: named }
}

/** The innermost folder that has all files; `.` for none. */
function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => posix.dirname(posix.normalize(file)).split('/'))
  const shared = first.findIndex((name, index) => others.some((other) => other[index] !== name))
  return (shared === -1 ? first : first.slice(0, shared)).join('/') || '.'
}
