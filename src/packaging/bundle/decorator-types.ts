import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Part } from '../model/types.ts'

const mostExtends = 8

/**
 * Warns if the function's own TypeScript has decorators that depend on types, as in NestJS and TypeORM: esbuild leaves
 * the types out, and then the first call fails.
 *
 * @param root the folder that the modules' paths are relative to
 */
export function decoratorNotes(root: string, modules: readonly Part[]): string[] {
  if (!modules.some(({ path }) => path.includes('node_modules/reflect-metadata/'))) return []
  const own = modules.filter(({ path }) => /\.[cm]?tsx?$/.test(path) && !path.includes('node_modules/'))
  const asks = own.some(
    ({ path }) => hasDecorators(join(root, path)) && wantsTypes(dirname(join(root, path))),
  )
  return asks
    ? [
        "tsconfig.json has emitDecoratorMetadata, and esbuild does not support it: the types that decorators read, such as those of a constructor's parameters in NestJS, are undefined in the first call; compile the code with tsc first (build: [npx, tsc], and source: names the folder that tsc makes), or with a plugin (bundle: {plugins: […]})",
      ]
    : []
}

function hasDecorators(file: string): boolean {
  return /^\s*@[A-Za-z_$][\w$.]*\s*(?:\(|$)/m.test(textOf(file) ?? '')
}

/** Tells whether the nearest tsconfig.json, or one that it extends, sets `emitDecoratorMetadata`. */
function wantsTypes(folder: string): boolean {
  const file = join(folder, 'tsconfig.json')
  if (textOf(file) === undefined) return folder === dirname(folder) ? false : wantsTypes(dirname(folder))
  return saysTypes(file, mostExtends)
}

function saysTypes(file: string, left: number): boolean {
  const text = textOf(file) ?? textOf(`${file}.json`) ?? ''
  const own = /^[^/\n]*"emitDecoratorMetadata"\s*:\s*(true|false)/m.exec(text)?.[1]
  if (own !== undefined) return own === 'true'
  const base = /"extends"\s*:\s*"(\.[^"]+)"/.exec(text)?.[1]
  return base !== undefined && left > 0 && saysTypes(join(dirname(file), base), left - 1)
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
