/** The tools that make functions, as far as their tags tell. */
export type OwnerTool =
  | 'CDK'
  | 'CloudFormation'
  | 'OpenTofu'
  | 'Pulumi'
  | 'SAM'
  | 'Serverless Framework'
  | 'Terraform'

/** The tool that makes a function. */
export interface Owner {
  tool: OwnerTool
  /** The CloudFormation stack, and the function's resource in its template. */
  stack?: string
  logicalId?: string
  /** The name of the tag that tells. */
  tag: string
}

type Tags = Readonly<Record<string, string>>

/** The tags that CloudFormation gives to everything in a stack, and no one else may give. */
const stackName = 'aws:cloudformation:stack-name'
const logicalIdName = 'aws:cloudformation:logical-id'

/** Names of tags, in lower case, that people give to all resources of a tool; the value says the tool. */
const managedBy = new Set(['managedby', 'managed-by', 'managed_by', 'createdby', 'created-by', 'provisioner'])

/**
 * Tells from a function's tags which infrastructure tool makes it; undefined if no tag tells. SAM and the Serverless
 * Framework tag their functions; CDK's ids of CloudFormation resources end with a hash.
 */
export function ownerFrom(tags: Tags = {}): Owner | undefined {
  const { [stackName]: stack, [logicalIdName]: logicalId } = tags
  const ofStack = { ...(stack !== undefined && { stack }), ...(logicalId !== undefined && { logicalId }) }
  const marked = stackTool(tags)
  if (marked) return { ...marked, ...ofStack }
  if (stack !== undefined) return { tool: 'CloudFormation', tag: stackName, ...ofStack }
  for (const [name, value] of Object.entries(tags)) {
    const tool = namedTool(name.toLowerCase(), value)
    if (tool) return { tool, tag: name }
  }
  return undefined
}

/** The tool that makes a function, in words, as in `the CloudFormation stack shop-prod`; undefined if no tag tells. */
export function ownerOf(tags?: Tags): string | undefined {
  const owner = ownerFrom(tags)
  return owner && ownerWords(owner)
}

/** An owner in words, as in `the SAM stack shop-prod` and `Terraform`. */
export function ownerWords({ tool, stack }: Owner): string {
  return stack === undefined ? tool : `the ${tool} stack ${stack}`
}

/** The tool that wrote a stack's template, by its own marks. */
function stackTool(tags: Tags): Pick<Owner, 'tool' | 'tag'> | undefined {
  if (tags['lambda:createdBy'] === 'SAM') return { tool: 'SAM', tag: 'lambda:createdBy' }
  const names = Object.keys(tags)
  const cdk = names.find((name) => /^(?:aws[:-])?cdk\b/i.test(name))
  if (cdk !== undefined) return { tool: 'CDK', tag: cdk }
  if (/[0-9A-F]{8}$/.test(tags[logicalIdName] ?? '')) return { tool: 'CDK', tag: logicalIdName }
  const framework = names.find((name) => name === 'STAGE' || /^serverless\b/i.test(name))
  return framework === undefined ? undefined : { tool: 'Serverless Framework', tag: framework }
}

function namedTool(name: string, value: string): OwnerTool | undefined {
  if (managedBy.has(name)) return toolIn(value)
  if (/^(?:true|yes|1)$/i.test(value) && name === 'terraform') return 'Terraform'
  return [toolIn(name), toolIn(value)].find((tool) => tool === 'Terraform' || tool === 'OpenTofu')
}

function toolIn(text: string): OwnerTool | undefined {
  const known = ['Terraform', 'OpenTofu', 'Pulumi', 'CDK', 'CloudFormation'] as const
  if (/serverless/i.test(text)) return 'Serverless Framework'
  return known.find((tool) => text.toLowerCase().includes(tool.toLowerCase()))
}
