import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { CONFIG_PREFIX_SEPARATOR, loadSharedConfigFiles } from '@smithy/core/config'

type Variables = Readonly<Record<string, string | undefined>>
export type Section = Readonly<Record<string, string | undefined>>

/** The profiles of AWS's shared configuration, as the SDK reads them. */
export interface SharedProfiles {
  /** Sorted. */
  names: string[]
  /** The settings of a profile; empty for a missing one. */
  of(name: string): Section
  /** Whether there is an `[sso-session NAME]`. */
  hasSession(name: string): boolean
}

export async function sharedProfiles(): Promise<SharedProfiles> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const all: Readonly<Record<string, Section>> = { ...configFile, ...credentialsFile }
  return {
    // Sections of other kinds, such as [sso-session x], have a prefix.
    names: Object.keys(all)
      .filter((name) => !name.includes(CONFIG_PREFIX_SEPARATOR))
      .toSorted(),
    of: (name) => ({ ...configFile[name], ...credentialsFile[name] }),
    hasSession: (name) => ['sso-session', name].join(CONFIG_PREFIX_SEPARATOR) in configFile,
  }
}

/**
 * One sentence for each unreadable part of the two files, which the SDK skips silently. The sentences never quote the
 * files, which contain secrets.
 */
export async function unreadableParts(variables: Variables): Promise<string[]> {
  const paths = [
    variables['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config'),
    variables['AWS_SHARED_CREDENTIALS_FILE'] || join(homedir(), '.aws', 'credentials'),
  ]
  return (await Promise.all(paths.map(unreadable))).flat()
}

async function unreadable(path: string): Promise<string[]> {
  try {
    const line = firstUnreadableLine(await readFile(path, 'utf8'))
    return line === undefined
      ? []
      : [`Line ${line} of ${path} can't be read: a line is [a section] or name = value.`]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? [] : [`${path} can't be read (${code ?? 'unknown error'}).`]
  }
}

/** The number of the first line that is neither a section, a setting nor a comment; undefined if there is none. */
export function firstUnreadableLine(text: string): number | undefined {
  const lines = text.split(/\r?\n/)
  let isInSection = false
  for (const [index, line] of lines.entries()) {
    const trimmed = (line.split(/(?:^|\s)[;#]/)[0] ?? '').trim()
    if (trimmed === '') continue
    const isSection = /^\[[^[\]]+\]$/.test(trimmed)
    if (!isSection && !(isInSection && /^[^=\s][^=]*=/.test(trimmed))) return index + 1
    isInSection = true
  }
  return undefined
}
