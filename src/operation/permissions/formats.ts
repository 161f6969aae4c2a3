import type { Policy } from './policy.ts'

/** The forms in which a policy is printed. */
export const policyFormats = ['json', 'terraform', 'cloudformation'] as const

export type PolicyFormat = (typeof policyFormats)[number]

/**
 * A policy as a text to paste.
 *
 * @param name of the policy in AWS, as in `lambdactl-prod`
 */
export function policyText(policy: Policy, format: PolicyFormat, name: string): string {
  if (format === 'terraform') return terraformText(policy, name)
  return JSON.stringify(format === 'json' ? policy : template(policy, name), null, 2)
}

/** JSON is an expression of Terraform too; only `${` would mean something else there, and no policy has it. */
function terraformText(policy: Policy, name: string): string {
  return `resource "aws_iam_policy" "${name.replaceAll('-', '_')}" {
  name   = "${name}"
  policy = jsonencode(${JSON.stringify(policy, null, 2).replaceAll('\n', '\n  ')})
}`
}

function template(policy: Policy, name: string): object {
  const id = name.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return {
    Resources: {
      [id]: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: name, PolicyDocument: policy },
      },
    },
  }
}
