import type { Mend } from '../diagnosis.ts'
import type { Names } from './names.ts'

/** Pulumi ignores the code and the alias's place, which a release changes. */
export function pulumiMends({ functionName, alias, isImage }: Names): Mend[] {
  return [
    {
      where: `In the options of the aws.lambda.Function with name "${functionName}", without publish: true`,
      language: 'ts',
      text: ignoring(isImage ? imageProperties : zipProperties),
    },
    {
      where: `In the options of the aws.lambda.Alias with name "${alias}", if there is one`,
      language: 'ts',
      text: ignoring(aliasProperties),
    },
    {
      where: 'To see after a release that Pulumi would change nothing',
      language: 'sh',
      text: 'pulumi preview --expect-no-changes',
    },
  ]
}

// Pulumi's AWS provider is made from Terraform's, and has the same properties in its own spelling.
const imageProperties = ['imageUri']
const zipProperties = ['code', 's3Bucket', 's3Key', 's3ObjectVersion', 'sourceCodeHash']
const aliasProperties = ['functionVersion', 'routingConfig', 'description']

function ignoring(properties: readonly string[]): string {
  return `{ ignoreChanges: [${properties.map((property) => `'${property}'`).join(', ')}] }`
}
