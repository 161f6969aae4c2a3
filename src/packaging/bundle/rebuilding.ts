import { join } from 'node:path'
import type { BuildContext, BuildOptions } from 'esbuild'
import type { RunEsbuild } from '../model/run-esbuild.ts'
import { explained, quietly } from './esbuild.ts'

/** A bundler that keeps what esbuild has read and parsed, for one function that is built again and again. */
export interface Rebuilding {
  readonly run: RunEsbuild
  /** The absolute paths of the files that its last successful build read. */
  readonly inputs: () => ReadonlySet<string>
  readonly dispose: () => Promise<void>
}

/** Returns a bundler that reads again only the files that have changed. */
export function rebuilding(): Rebuilding {
  const contexts = new Map<string, Promise<BuildContext<BuildOptions & typeof quietly>>>()
  let inputs: ReadonlySet<string> = new Set()
  const contextFor = (options: BuildOptions) => {
    const key = JSON.stringify(options)
    const found = contexts.get(key) ?? opened(options)
    contexts.set(key, found)
    return found
  }
  return {
    async run(options) {
      const context = await contextFor(options)
      const built = await explained(options, () => context.rebuild())
      const root = options.absWorkingDir ?? ''
      inputs = new Set(Object.keys(built.metafile.inputs).map((path) => join(root, path)))
      return built
    },
    inputs: () => inputs,
    async dispose() {
      const opening = Array.from(contexts.values())
      contexts.clear()
      await Promise.all(opening.map(async (context) => (await context).dispose()))
    },
  }
}

async function opened(options: BuildOptions) {
  const { context } = await import('esbuild')
  return explained(options, () => context({ ...options, ...quietly }))
}
