import { readFileSync } from 'node:fs'
import { requireWithin } from '../model/limits.ts'
import { naming } from '../model/refused.ts'
import type { Bundle, Entry, PackageSource } from '../model/types.ts'
import { includedFiles, leftOutNotes } from '../select/include-files.ts'
import { externalToTake } from '../select/node-modules/external.ts'
import { packageChooser } from '../select/node-modules/package-chooser.ts'
import { selectFiles, selectPackages } from '../select/select-files.ts'

interface Beside {
  entries: Entry[]
  excludedSecrets: readonly string[]
  notes: readonly string[]
}

/**
 * The files that go into the package beside a bundle: those that `include` names, and external packages with their
 * dependencies.
 */
export function besideBundle(fn: PackageSource, bundle: Bundle): Beside {
  const external = externalToTake(fn, bundle)
  if (!fn.include && external.length === 0) return { entries: [], excludedSecrets: [], notes: [] }
  const choose = packageChooser(fn, external)
  const selected =
    fn.include || !choose
      ? selectFiles(fn.source, choose, fn.configPath)
      : selectPackages(fn.source, choose, fn.configPath)
  const { files, excludedSecrets, leftOut, needed } = selected
  const paths = new Set(bundle.entries.map(({ path }) => path))
  const included = includedFiles({ source: fn.source, include: fn.include ?? [] }, files, needed)
  const more = included.files.filter(({ path }) => !paths.has(path))
  // The limit is checked before any file is read.
  const size = more.reduce((sum, file) => sum + file.size, 0)
  requireWithin('unzipped', size, [])
  const entries: Entry[] = []
  for (const { path, absolutePath, mode } of more) {
    entries.push({ path, mode, content: naming(path, () => readFileSync(absolutePath)) })
  }
  return {
    entries,
    excludedSecrets,
    notes: [...selected.notes, ...included.notes, ...leftOutNotes(leftOut, fn.include ?? [])],
  }
}
