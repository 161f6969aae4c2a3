import { join } from 'node:path'
import { loadHandler } from '../../src/packaging/load/load-handler.ts'
import type { LoadingSource, Tools } from '../../src/packaging/model/types.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { folder } from './folder.ts'
import { tools as toolsIn } from './tools.ts'

const here = `nodejs${process.versions.node.split('.')[0]}.x`

/** A function of this machine's Node. */
export const node = { runtime: here, handler: 'index.handler', bundle: false } as const

/** Packages these files and loads the handler. @returns the notes */
export async function load(
  files: Record<string, string | Buffer>,
  more: Partial<LoadingSource> = {},
  tools?: Tools,
): Promise<string[]> {
  await using source = await folder(files)
  const fn = { ...node, ...more, source: source.path }
  return await loadHandler(fn, await packageFunction(fn), tools ?? toolsIn(join(source.path, 'cache')))
}

/** Returns the message of the error; `loaded` where there is none. */
export function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'loaded',
    (error: Error) => error.message,
  )
}
