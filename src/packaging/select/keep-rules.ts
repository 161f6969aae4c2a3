import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasDevelopment } from './development-packages.ts'
import { defaultRules, holdsPrivateKey, isPrivateKey, isSecretName, literal } from './excludes.ts'

/** The rules by which a package of a folder keeps files that it would leave out by default. */
export interface KeepRules {
  /** Lines of a `.lambdactlignore`; empty where all goes in anyway. */
  readonly rules: readonly string[]
  /** The files among them that look like secrets, or are private keys. */
  readonly secrets: readonly string[]
}

/**
 * The rules of a `.lambdactlignore` by which a package of the folder keeps all that was deployed. Secrets and our own files
 * are named one by one, so that none that comes later goes along; clutter, tests and development packages by their kind.
 *
 * @param paths of the folder's files, relative to it
 */
export async function keepRules(folder: string, paths: readonly string[]): Promise<KeepRules> {
  const ruleFor = defaultRules(folder)
  const rules = new Set<string>()
  const secrets = new Set<string>()
  for (const path of paths) {
    for (const each of withFolders(path)) {
      const found = ruleFor(each, nameOf(each))
      if (!found) continue
      const byName = found.kind !== 'secret' && found.kind !== 'ours'
      rules.add(byName ? found.rule : literal(each))
      if (found.kind === 'secret') secrets.add(path)
    }
    if (path.endsWith('.pem') && (await holdsKey(join(folder, path)))) {
      rules.add(literal(path))
      secrets.add(path)
    }
  }
  if (hasDevelopment(folder, paths)) rules.add('node_modules/')
  return { rules: Array.from(rules, (rule) => `!${rule}`), secrets: [...secrets] }
}

/** Whether a file looks like a secret: by a name on its path, or as a private key. */
export function looksSecret(path: string, content: Buffer): boolean {
  const isKey = () => path.endsWith('.pem') && isPrivateKey(content.toString('latin1'))
  return path.split('/').some(isSecretName) || isKey()
}

/** `a/`, `a/b/` and `a/b/c`. */
function withFolders(path: string): string[] {
  const names = path.split('/')
  return names.map((_, index) => names.slice(0, index + 1).join('/') + (index + 1 < names.length ? '/' : ''))
}

function nameOf(path: string): string {
  return /[^/]+(?=\/?$)/.exec(path)?.[0] ?? ''
}

async function holdsKey(file: string): Promise<boolean> {
  return holdsPrivateKey(file, (await lstat(file)).size)
}
