import { foldersUpTo } from './install-command.ts'
import { generatedFor, packagesBeside, packagesWithin, resolvePackage } from './installed.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { isForLambda, isForSome } from './platform.ts'

/** Knows the dependencies of the packages that are installed on this machine; reads each folder once. */
export class InstalledPackages {
  readonly #architecture: 'x86_64' | 'arm64'
  readonly #manifests = new Map<string, Manifest>()
  readonly #dependencies = new Map<string, ReadonlyMap<string, string>>()

  /** Names that the project needs for development only. */
  readonly #development: ReadonlySet<string>

  /**
   * @param source its package.json, and those above it, name the development packages
   * @param architecture of the function: a package for another machine stays out if there is one for this
   */
  constructor(source: string, architecture: 'x86_64' | 'arm64' = 'x86_64') {
    this.#architecture = architecture
    const manifests = foldersUpTo(source).map((folder) => this.manifestOf(folder))
    const needed = new Set(manifests.flatMap(({ asksFor }) => asksFor))
    const development = manifests.flatMap((manifest) => manifest.development)
    this.#development = new Set(development.filter((name) => !needed.has(name)))
  }

  manifestOf(folder: string): Manifest {
    const manifest = this.#manifests.get(folder) ?? readManifest(folder)
    this.#manifests.set(folder, manifest)
    return manifest
  }

  /**
   * The packages that a package may import from its folder, by name: those that its package.json names, and those that
   * the installer put into its folder or, in a store such as pnpm's, beside it.
   */
  dependenciesOf = (folder: string): ReadonlyMap<string, string> => {
    const known = this.#dependencies.get(folder) ?? this.#forLambda(this.#find(folder))
    this.#dependencies.set(folder, known)
    return known
  }

  /** Names in `dependencies` that are not installed. */
  missingIn(folder: string): string[] {
    return this.manifestOf(folder).requires.filter((name) => resolvePackage(folder, name) === undefined)
  }

  /** The folders together with all their dependencies. */
  reachedFrom(folders: Iterable<string>): ReadonlySet<string> {
    const reached = new Set(folders)
    // Iteration over a set also visits elements that are added meanwhile.
    for (const folder of reached) for (const each of this.dependenciesOf(folder).values()) reached.add(each)
    return reached
  }

  #find(folder: string): Map<string, string> {
    const found = new Map([...generatedFor(folder), ...packagesBeside(folder), ...packagesWithin(folder)])
    for (const name of this.manifestOf(folder).asksFor) {
      const real = resolvePackage(folder, name)
      if (real !== undefined) found.set(name, real)
    }
    const { optionalPeers } = this.manifestOf(folder)
    // For example, the command-line tool of a library, which only its developers use.
    const isTool = (name: string) => optionalPeers.includes(name) && this.#development.has(name)
    return new Map([...found].filter(([name, real]) => real !== folder && !isTool(name)))
  }

  /**
   * Leaves out packages for other machines if there is one for Lambda's. If there is none they stay, so that the reason
   * of a failure is visible.
   */
  #forLambda(found: Map<string, string>): ReadonlyMap<string, string> {
    const fits = ([, folder]: [string, string]) => isForLambda(this.manifestOf(folder), this.#architecture)
    const some = [...found].filter(([, folder]) => isForSome(this.manifestOf(folder)))
    if (!some.some(fits)) return found
    const others = new Set(some.filter((each) => !fits(each)).map(([name]) => name))
    return new Map([...found].filter(([name]) => !others.has(name)))
  }
}
