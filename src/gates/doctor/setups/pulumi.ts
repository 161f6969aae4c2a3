import type { Mend } from '../diagnosis.ts'
import { identifier, type Names } from './names.ts'

/** Pulumi's resources have the options of Terraform's provider, from which they are made. */
export function pulumiMends({ name, functionName }: Names): Mend[] {
  return [
    {
      where: `In the aws.lambda.Function with the name ${functionName}`,
      language: 'ts',
      text: `const ${identifier(name)} = new aws.lambda.Function('${name}', { …, publish: false }, {
  ignoreChanges: [
    'code',
    'imageUri',
    's3Bucket',
    's3Key',
    's3ObjectVersion',
    'sourceCodeHash',
  ],
})`,
    },
  ]
}
