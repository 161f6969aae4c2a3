import { packageName } from '../../model/runtime-sdk.ts'
import type { LoadingSource } from '../../model/types.ts'
import { installCommand } from './install-command.ts'
import { resolvePackage } from './installed.ts'
import { externalLine } from './native-packages.ts'

/** The next steps to include a package that a Node handler imports and its zip lacks; none for own files. */
export function missingModuleNext(
  { source, runtime, bundle }: Pick<LoadingSource, 'source' | 'runtime' | 'bundle'>,
  module: string,
): string[] {
  if (
    !runtime.startsWith('nodejs') ||
    source.endsWith('.zip') ||
    !/^(?:@[\w.-]+\/)?[a-z\d][\w.-]*(?:\/|$)/i.test(module)
  )
    return []
  const name = packageName(module)
  if (resolvePackage(source, name) === undefined)
    return [
      `Install ${name}, which is not on this machine, and name it in package.json: ${installCommand(source)}`,
    ]
  const line = bundle === false ? `include: [node_modules/${name}/]` : externalLine([name])
  return [`${name} is on this machine, but not in the package. ${line} adds it with its dependencies.`]
}
