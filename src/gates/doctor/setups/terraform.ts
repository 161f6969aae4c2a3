import type { Mend } from '../diagnosis.ts'
import { identifier, type Names } from './names.ts'

/** Terraform ignores the code and the alias's place, which a release changes. */
export function terraformMends({ name, functionName, alias, isImage, terraform }: Names): Mend[] {
  const ofCode = isImage ? imageAttributes : zipAttributes
  const { function: address, alias: aliasAddress } = terraform ?? {}
  return [
    {
      where: `In ${address ?? `the aws_lambda_function with function_name = "${functionName}"`}, without publish = true`,
      language: 'hcl',
      text: ignoring(address, { type: 'aws_lambda_function', guess: name }, ofCode),
    },
    {
      where: aliasAddress
        ? `In ${aliasAddress}`
        : `In the aws_lambda_alias with name = "${alias}", if there is one`,
      language: 'hcl',
      text: ignoring(aliasAddress, { type: 'aws_lambda_alias', guess: alias }, aliasAttributes),
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

/** @param address undefined: AWS does not tell the resource's name, and the text marks the guess */
function ignoring(
  address: string | undefined,
  { type, guess }: { type: string; guess: string },
  attributes: readonly string[],
): string {
  const own = address?.match(/\.([\w-]+)(?:\[[^\]]*\])?$/)?.[1]
  const mark = own === undefined ? " # a guess: write your resource's name, or see doctor --terraform" : ''
  return `resource "${type}" "${own ?? identifier(guess)}" {${mark}
  lifecycle {
    ignore_changes = [
${attributes.map((attribute) => `      ${attribute},`).join('\n')}
    ]
  }
}`
}
