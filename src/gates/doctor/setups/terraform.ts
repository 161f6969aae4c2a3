import type { Mend } from '../diagnosis.ts'
import { identifier, type Names } from './names.ts'

/** Terraform ignores the code and the alias's place, which a release changes, and publishes no version. */
export function terraformMends({ name, functionName, alias }: Names): Mend[] {
  return [
    {
      where: `In the aws_lambda_function with function_name = "${functionName}"`,
      language: 'hcl',
      text: `resource "aws_lambda_function" "${identifier(name)}" {
  publish = false

  lifecycle {
    ignore_changes = [
      filename,
      image_uri,
      s3_bucket,
      s3_key,
      s3_object_version,
      source_code_hash,
    ]
  }
}`,
    },
    {
      where: `In the aws_lambda_alias with name = "${alias}", if there is one`,
      language: 'hcl',
      text: `resource "aws_lambda_alias" "${identifier(alias)}" {
  lifecycle {
    ignore_changes = [
      description,
      function_version,
      routing_config,
    ]
  }
}`,
    },
    {
      where: 'To see after a release that Terraform would change nothing',
      language: 'sh',
      text: 'terraform plan -detailed-exitcode',
    },
  ]
}
