import type { Mend } from '../diagnosis.ts'
import { identifier, type Names } from './names.ts'

/** Terraform ignores the code and the alias's place, which a release changes. */
export function terraformMends({ name, functionName, alias, isImage }: Names): Mend[] {
  const ofCode = isImage ? imageAttributes : zipAttributes
  return [
    {
      where: `In the aws_lambda_function with function_name = "${functionName}", without publish = true`,
      language: 'hcl',
      text: ignoring('aws_lambda_function', identifier(name), ofCode),
    },
    {
      where: `In the aws_lambda_alias with name = "${alias}", if there is one`,
      language: 'hcl',
      text: ignoring('aws_lambda_alias', identifier(alias), aliasAttributes),
    },
    {
      where: 'To see after a release that Terraform would change nothing',
      language: 'sh',
      text: 'terraform plan -detailed-exitcode',
    },
  ]
}

const imageAttributes = ['image_uri']
/** Of a local zip and of one in S3: Terraform accepts attributes that a resource does not set. */
const zipAttributes = ['filename', 's3_bucket', 's3_key', 's3_object_version', 'source_code_hash']
const aliasAttributes = ['function_version', 'routing_config', 'description']

function ignoring(type: string, id: string, attributes: readonly string[]): string {
  return `resource "${type}" "${id}" {
  lifecycle {
    ignore_changes = [
${attributes.map((attribute) => `      ${attribute},`).join('\n')}
    ]
  }
}`
}
