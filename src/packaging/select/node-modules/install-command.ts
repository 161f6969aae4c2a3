import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Lock files, and the programs that write them. */
const programs = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
}

/**
 * The command that installs the dependencies of a source, ready to paste in lambdactl's working directory. The nearest
 * lock file upwards in the same repository decides the program, or else npm runs in the nearest folder with a
 * package.json.
 */
export function installCommand(source: string): string {
  const folders = foldersUpTo(source)
  for (const folder of folders) {
    const lock = Object.entries(programs).find(([name]) => existsSync(join(folder, name)))
    if (lock) return inFolder(folder, `${lock[1]} install`)
  }
  return inFolder(folders.find((folder) => existsSync(join(folder, 'package.json'))) ?? source, 'npm install')
}

/** The folder and those above it, up to the repository's. */
export function foldersUpTo(source: string): string[] {
  const folders = [source]
  for (let folder = source; !existsSync(join(folder, '.git')) && folder !== dirname(folder); ) {
    folder = dirname(folder)
    folders.push(folder)
  }
  return folders
}

function inFolder(folder: string, command: string): string {
  const way = relative(process.cwd(), folder)
  if (way === '') return command
  return `(cd ${/^[\w./@+-]+$/.test(way) ? way : `'${way.replaceAll("'", String.raw`'\''`)}'`} && ${command})`
}
