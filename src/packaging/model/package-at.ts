/** A package in a node_modules. */
export interface PackageAt {
  /** As in `@scope/name`. */
  readonly name: string
  /** The path of its folder, up to the name. */
  readonly folder: string
}

/** The package that the file at a path is of, the innermost where they are nested; undefined for a file of no package. */
export function packageAt(path: string): PackageAt | undefined {
  // esbuild's names may begin with a namespace and a colon, its comments with a blank.
  const [folder, name] = /^.*(?<![^/:\s])node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(path) ?? []
  return folder === undefined || name === undefined ? undefined : { name, folder }
}
