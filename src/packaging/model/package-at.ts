/** A package in a node_modules. */
export interface PackageAt {
  /** As in `@scope/name`. */
  readonly name: string
  /** The path of its folder, including the name. */
  readonly folder: string
}

/** The innermost package that the file at a path belongs to; undefined if it belongs to none. */
export function packageAt(path: string): PackageAt | undefined {
  // A name of esbuild may begin with a namespace and a colon, and its comments with a blank.
  const [folder, name] = /^.*(?<![^/:\s])node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(path) ?? []
  return folder === undefined || name === undefined ? undefined : { name, folder }
}
