import type { Mend } from '../diagnosis.ts'
import { type Names, pascalCase } from './names.ts'

/**
 * The stack has no version and no alias, and names the alias. It takes two texts: CDK cuts the alias off an ARN when it
 * makes an event source mapping, and makes no permission for an imported alias.
 */
export function cdkMends(names: Names): Mend[] {
  const id = constructId(names)
  const { alias } = names
  return [
    {
      where: `In the stack: no currentVersion, no new lambda.Alias. APIs, rules, topics and buckets get ${alias} by this`,
      language: 'ts',
      text: `const ${variable(alias)} = lambda.Function.fromFunctionAttributes(
  this,
  '${id}${pascalCase(alias)}',
  {
    functionArn: \`\${fn.functionArn}:${alias}\`,
    sameEnvironment: true,
  },
)`,
    },
    {
      where: `Event source mappings (queues and streams) get ${alias} by this alone: from the ARN, CDK would make a mapping to $LATEST`,
      language: 'ts',
      text: `const ${variable(alias)}Mappings = lambda.Alias.fromAliasAttributes(
  this,
  '${id}${pascalCase(alias)}Mappings',
  {
    aliasName: '${alias}',
    aliasVersion: fn.latestVersion,
  },
)`,
    },
    {
      where: `First, if the stack makes ${alias}: keep it, deploy, then remove it from the stack and deploy again`,
      language: 'ts',
      text: `${variable(alias)}.applyRemovalPolicy(RemovalPolicy.RETAIN)
fn.currentVersion.applyRemovalPolicy(RemovalPolicy.RETAIN)`,
    },
  ]
}

/** CDK's ids of resources are those of constructs, with a hash of eight digits. */
function constructId({ logicalId, name }: Names): string {
  return logicalId?.replace(/[0-9A-F]{8}$/, '') || pascalCase(name)
}

function variable(alias: string): string {
  const words = pascalCase(alias)
  return words.slice(0, 1).toLowerCase() + words.slice(1)
}
