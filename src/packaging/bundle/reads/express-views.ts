import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../../model/types.ts'
import type { BundlePlace } from './lost-files.ts'
import type { BundledModule } from './module-code.ts'

/**
 * Notes on the files that Express looks for by names that no bundler sees: its view engine, which is required at the
 * first render, and the folder `views` in the function's working directory.
 */
export function expressNotes(
  own: readonly BundledModule[],
  parts: readonly Part[],
  { root, paths }: BundlePlace,
): string[] {
  if (!parts.some(({ path, size }) => size > 0 && /\bnode_modules\/express\/lib\//.test(path))) return []
  const code = own.map((module) => module.code).join('\n')
  if (!/\.render\(/.test(code)) return []
  const has = (folder: string) => paths.some((path) => path.startsWith(`${folder}/`))
  const [, engine] = /\.set\(\s*['"`]view engine['"`]\s*,\s*['"`]\.?([\w-]+)['"`]/.exec(code) ?? []
  const isHandedOver = /\.engine\(/.test(code)
  const isElsewhere = /\.set\(\s*['"`]views['"`]/.test(code)
  return [
    ...(engine === undefined || isHandedOver || has(`node_modules/${engine}`)
      ? []
      : [
          `Express requires its view engine ${engine} by name at the first render, and the package does not have it: pass it to Express, app.engine('${engine}', …), or bundle: {external: [${engine}]}, which adds it with its dependencies`,
        ]),
    ...(isElsewhere || has('views') || !existsSync(join(root, 'views'))
      ? []
      : ['Express looks for the folder views, which is not in the package; include: [views/] adds it']),
  ]
}
