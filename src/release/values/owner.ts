/** The tags that CloudFormation gives to everything in a stack, and no one else may give. */
const stackName = 'aws:cloudformation:stack-name'

/** Names of tags, in lower case, that people give to all resources of Terraform or OpenTofu; the value says the tool. */
const managedBy = new Set(['managedby', 'managed-by', 'managed_by', 'createdby', 'created-by', 'provisioner'])

/**
 * Tells from a function's tags which infrastructure tool makes it, as in `the CloudFormation stack shop-prod`;
 * undefined if no tag tells.
 */
export function ownerOf(tags: Readonly<Record<string, string>> = {}): string | undefined {
  const stack = tags[stackName]
  if (stack !== undefined) return `${kindOfStack(tags)} ${stack}`
  for (const [name, value] of Object.entries(tags)) {
    const key = name.toLowerCase()
    if (key === 'terraform' && /^(true|yes|1)$/i.test(value)) return 'Terraform'
    if (managedBy.has(key)) return toolNamed(value)
  }
  return undefined
}

/** SAM marks its functions by a tag of its own. */
function kindOfStack(tags: Readonly<Record<string, string>>): string {
  return tags['lambda:createdBy'] === 'SAM' ? 'the SAM stack' : 'the CloudFormation stack'
}

function toolNamed(value: string): string | undefined {
  const known = ['Terraform', 'OpenTofu', 'Pulumi', 'CDK', 'Serverless']
  return known.find((tool) => value.toLowerCase().includes(tool.toLowerCase()))
}
