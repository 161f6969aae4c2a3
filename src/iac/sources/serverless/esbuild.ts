import { mapOf } from '../../json.ts'
import { texts } from '../forms.ts'
import type { Counterpart } from '../take.ts'

/** The counterparts of the settings of serverless-esbuild, and of the framework's own `build.esbuild`. */
export const esbuildSettings: Readonly<Record<string, Counterpart>> = {
  bundle: (value) => (value === true ? {} : undefined),
  concurrency: '',
  exclude: (value) => (texts(value)?.every((name) => /^(@?aws-sdk)(\/|$)/.test(name)) ? {} : undefined),
  external: (value) => {
    const names = texts(value)
    return names && { external: names }
  },
  format: (value) => (value === 'esm' || value === 'cjs' ? { format: value } : undefined),
  keepNames: (value) => (typeof value === 'boolean' ? { keepNames: value } : undefined),
  loader: (value) => ({ loader: mapOf(value) }),
  mainFields: (value) => {
    const names = texts(value)
    return names && { mainFields: names }
  },
  minify: (value) => (typeof value === 'boolean' ? { minify: value } : undefined),
  packager: '',
  platform: (value) => (value === 'node' ? {} : undefined),
  sourcemap: (value) => (typeof value === 'boolean' ? { sourcemap: value } : undefined),
  target: "lambdactl compiles for the function's runtime",
  watch: '',
}
