/** The facts of a file that a comparison uses. */
export interface CodeFile {
  path: string
  /** Bytes, unzipped. */
  size: number
  /** 0o644 or 0o755. */
  mode: number
  /** Hex. */
  sha256: string
}

/** A file that differs between two packages; sizes in bytes. */
export interface FileChange {
  path: string
  /** `executable` and `not-executable` mean an equal content. */
  change: 'added' | 'removed' | 'changed' | 'executable' | 'not-executable'
  /** Bytes; undefined for an added file. */
  from: number | undefined
  /** Bytes; undefined for a removed file. */
  to: number | undefined
}

/** The differences of one file, or of one source from which a file was made, by its source map. */
export interface FilePatch {
  path: string
  /** The file of the package that was made from this source; absent for a file itself. */
  madeInto?: string
  /** In the unified format, or a sentence if the differences can't be shown so. */
  text: string
}

/** The files that differ by path, mode or content, sorted by path. */
export function codeChanges(from: readonly CodeFile[], to: readonly CodeFile[]): FileChange[] {
  const before = new Map(from.map((file) => [file.path, file]))
  const after = new Map(to.map((file) => [file.path, file]))
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)]
    const change = changeOf(old, now)
    return change ? [{ path, change, from: old?.size, to: now?.size }] : []
  })
}

function changeOf(old: CodeFile | undefined, now: CodeFile | undefined): FileChange['change'] | undefined {
  if (!old) return 'added'
  if (!now) return 'removed'
  if (old.sha256 !== now.sha256) return 'changed'
  if (old.mode === now.mode) return undefined
  return now.mode === 0o755 ? 'executable' : 'not-executable'
}
