/** What a version's Description says of its origin. */
export interface Origin {
  /** SHA-256 over content and configuration, hex. */
  digest: string
  /** The commit it was built from, with `+` appended when the tree had other changes; undefined outside git. */
  commit: string | undefined
}

/** The Description that a version is published with: `lambdactl sha256:… commit …`, at most 130 characters. */
export function formatOrigin({ digest, commit }: Origin): string {
  return `lambdactl sha256:${digest}${commit === undefined ? '' : ` commit ${commit}`}`
}

const shape = /^lambdactl sha256:(?<digest>[0-9a-f]{64})(?: commit (?<commit>[0-9a-f]{40}\+?))?$/

/** Reads a version's Description; undefined when lambdactl did not publish it. */
export function parseOrigin(description: string): Origin | undefined {
  const fields = shape.exec(description)?.groups
  return fields && { digest: fields['digest'] ?? '', commit: fields['commit'] }
}
