/** A node_modules of the function's own code. */
export interface OwnModules {
  /** The folder around it, as in `functions/api`; empty for the source itself. */
  readonly base: string
  /** Absolute. */
  readonly folder: string
  readonly isLink: boolean
}

/** A package that the user or the code names. */
export interface NamedPackage {
  readonly name: string
  /** The folders that need the package; absolute. */
  readonly from: readonly string[]
}

/** A function's choice among the installed packages. */
export interface WantedPackages {
  /** Real and absolute. */
  readonly source: string
  readonly architecture: 'x86_64' | 'arm64' | undefined
  /** Whether patterns select the files. */
  readonly isSelective: boolean
  /** How much of the package at a path the function's patterns name; undefined for nothing. */
  readonly extent: (path: string) => 'whole' | 'part' | undefined
  /** Packages to include by name, from the folder where Node finds them. */
  readonly named: readonly NamedPackage[]
  /** Whether a package that the source's package.json names goes in. */
  readonly takesDeclared: (name: string) => boolean
  /** Whether the user's rules include a path that would stay out by default. */
  readonly wants: (path: string) => boolean
}
