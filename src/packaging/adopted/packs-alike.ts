import { withoutDevelopment } from '../select/development-packages.ts'
import { selectFiles } from '../select/select-files.ts'
import type { DeployedFile } from './deployed-code.ts'
import { runsByItself } from './runs-by-itself.ts'

/**
 * The reason why deployed code can't lie in a folder so that a package of the folder is the same again. Undefined if it
 * can, as far as names and links tell.
 */
export function notAsFolder(files: readonly DeployedFile[]): string | undefined {
  for (const { path, strayed } of files) {
    if (strayed !== undefined) return `its link ${path} ${strayed}`
    if (isUnpackable(path)) return `a file can't have the name ${JSON.stringify(path)}`
    if (path === '.lambdactlignore') return 'it has a .lambdactlignore, whose rules would apply to it'
  }
  const order = runsByItself(files.map(({ path }) => path))
  return order && `it has ${JSON.stringify(order)}, and another tool would run programs because of that file`
}

/** Names that a package can't have: unpacked files with such names could not be packed again. */
export function isUnpackable(path: string): boolean {
  return /\\|^\w+:/.test(path) || (process.platform === 'win32' && isDevice.test(path))
}

/** Windows takes these names for devices, with any file ending. */
const isDevice = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?(?:\/|$)/i

/** The reason why a package of the folder would differ from the deployed files; undefined if it would be the same. */
export async function notPackedAlike(
  folder: string,
  deployed: readonly DeployedFile[],
): Promise<string | undefined> {
  const selection = selectFiles(folder)
  const { files } = await withoutDevelopment(folder, selection.files, selection.wants)
  const packed = new Map(files.map(({ path, mode }) => [path, mode]))
  const lost = deployed.find(({ path, mode }) => packed.get(path) !== mode)
  if (lost) return `a package that is made from a folder leaves ${JSON.stringify(lost.path)} out`
  return packed.size === deployed.length ? undefined : 'a package that is made from a folder has more files'
}
