/** The names that a tool's text repeats. */
export interface Names {
  /** The name in lambdactl.yaml. */
  name: string
  /** The name in Lambda. */
  functionName: string
  alias: string
  /** The function's resource in the stack's template, if a tag tells it. */
  logicalId?: string | undefined
  /** The addresses of its resources in Terraform, if a person gave what Terraform shows. */
  terraform?: { function: string; alias?: string | undefined } | undefined
  /** Whether its code is an image. */
  isImage: boolean
  /** The beginning and end of an AWS CLI command for the function's place, ready for a shell. */
  awsCli: { program: string; flags: readonly string[] }
}

/** A name for a resource that nobody has told: `pay_now` for `pay-now`. */
export function identifier(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_')
}

/** `PayNow` for `pay-now`: an id of a template, or of a construct. */
export function pascalCase(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}
