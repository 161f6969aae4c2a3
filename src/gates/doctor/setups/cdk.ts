import type { Mend } from '../diagnosis.ts'
import { type Names, pascalCase } from './names.ts'

/** The stack has no version and no alias, and names the alias by its ARN. */
export function cdkMends(names: Names): Mend[] {
  const id = constructId(names)
  const { alias } = names
  return [
    {
      where: 'In the stack: no currentVersion, no new lambda.Alias; events and APIs get the alias by its ARN',
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
