import { packageAt } from '../model/package-at.ts'
import type { PackageSource } from '../model/types.ts'
import { externalLine } from '../select/node-modules/native-packages.ts'
import type { FailedLoad } from './load-outcome.ts'

/** Words of code that can't find a file or a package in a bundle, but may find it when installed. */
const seekingWords =
  /Cannot find|could not (?:find|load|locate|resolve)|ENOENT|no such file|missing \S+\.\w|not (?:been )?(?:found|installed)|\binstall\b/i

/** The next steps if the code that failed belongs to a bundled package; none for own code. */
export async function failedPackageNext(
  { bundle, source, runtime }: Pick<PackageSource, 'bundle' | 'source' | 'runtime'>,
  { text }: Pick<FailedLoad, 'text'>,
  read: (path: string) => Promise<Buffer>,
): Promise<string[]> {
  const [, path, line] = /^in ([^:/]+\.[mc]js):(\d+):\d+$/m.exec(text) ?? []
  const isBundle = bundle !== false && runtime.startsWith('nodejs') && !source.endsWith('.zip')
  if (!isBundle || path === undefined || !seekingWords.test(text)) return []
  const lines = (await read(path)).toString('utf8').split('\n').slice(0, Number(line))
  // esbuild writes the path of each module before its code, unless it minifies.
  const module = lines.findLast((each) => /^\/\/ \S+\.\w+$/.test(each)) ?? ''
  const name = packageAt(module)?.name
  return name === undefined
    ? []
    : [
        `The code that fails is that of ${name}. In a bundle it finds neither its own files nor packages whose names it computes when it runs: ${externalLine([name])} adds it unbundled beside the bundle, with its dependencies.`,
      ]
}
