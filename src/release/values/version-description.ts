/** The origin of a version, as its Description has it. */
export interface Origin {
  /** SHA-256 over content and configuration, hex. */
  digest: string
  /** The commit it was built from, with `+` appended when the tree had other changes; undefined outside git. */
  commit: string | undefined
  /** The service whose function it is; absent where that isn't known, as in versions of before it was written. */
  service?: string
}

/** The longest name of a service that is written; others are left out. */
const longestService = 100

/** The Description that a version is published with: `lambdactl sha256:… commit … service …`, at most 239 characters. */
export function formatOrigin({ digest, commit, service = '' }: Origin): string {
  const built = commit === undefined ? '' : ` commit ${commit}`
  const whose = service !== '' && service.length <= longestService ? ` service ${service}` : ''
  return `lambdactl sha256:${digest}${built}${whose}`
}

const shape =
  /^lambdactl sha256:(?<digest>[0-9a-f]{64})(?: commit (?<commit>[0-9a-f]{40}\+?))?(?: service (?<service>[a-zA-Z0-9][a-zA-Z0-9_-]*))?$/

/** Reads a version's Description; undefined when lambdactl did not publish it. */
export function parseOrigin(description: string): Origin | undefined {
  const fields = shape.exec(description)?.groups
  if (!fields) return undefined
  const { digest = '', commit, service } = fields
  return { digest, commit, ...(service === undefined ? {} : { service }) }
}
