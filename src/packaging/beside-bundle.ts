import { readFileSync } from 'node:fs'
import { includedFiles, leftOutNotes } from './include-files.ts'
import { requireWithin } from './limits.ts'
import { naming } from './refused.ts'
import { selectFiles } from './select-files.ts'
import type { Entry, PackageSource } from './types.ts'

interface Beside {
  entries: Entry[]
  excludedSecrets: readonly string[]
  notes: readonly string[]
}

/** The files that `include` takes in beside a bundle; none where it names none. */
export function besideBundle({ source, include }: PackageSource, bundle: readonly Entry[]): Beside {
  if (!include) return { entries: [], excludedSecrets: [], notes: [] }
  const { files, excludedSecrets, leftOut } = selectFiles(source)
  const paths = new Set(bundle.map(({ path }) => path))
  const included = includedFiles(files, include)
  const more = included.files.filter(({ path }) => !paths.has(path))
  // Before anything is read.
  const size = more.reduce((sum, file) => sum + file.size, 0)
  requireWithin('unzipped', size, [])
  const entries: Entry[] = []
  for (const { path, absolutePath, mode } of more) {
    entries.push({ path, mode, content: naming(path, () => readFileSync(absolutePath)) })
  }
  return { entries, excludedSecrets, notes: [...included.notes, ...leftOutNotes(leftOut, include)] }
}
