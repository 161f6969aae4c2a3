/** The origin of a version, from its Description. */
export interface Origin {
  /** SHA-256 over content and configuration, hex. */
  digest: string
  /** The commit of the source, with `+` if the tree had other changes; undefined outside of git. */
  commit: string | undefined
  /** The service that owns the function; absent if unknown, as in old versions. */
  service?: string
}

/** The longest service name that is written; a longer one is left out. */
const longestService = 100

/** The Description of a published version: `lambdactl sha256:… commit … service …`, at most 239 characters. */
export function formatOrigin({ digest, commit, service = '' }: Origin): string {
  const built = commit === undefined ? '' : ` commit ${commit}`
  const whose = service !== '' && service.length <= longestService ? ` service ${service}` : ''
  return `lambdactl sha256:${digest}${built}${whose}`
}

const shape =
  /^lambdactl sha256:(?<digest>[0-9a-f]{64})(?: commit (?<commit>[0-9a-f]{40}\+?))?(?: service (?<service>[a-zA-Z0-9][a-zA-Z0-9_-]*))?$/

/** Reads a version's Description; undefined if lambdactl did not publish the version. */
export function parseOrigin(description: string): Origin | undefined {
  const fields = shape.exec(description)?.groups
  if (!fields) return undefined
  const { digest = '', commit, service } = fields
  return { digest, commit, ...(service === undefined ? {} : { service }) }
}
