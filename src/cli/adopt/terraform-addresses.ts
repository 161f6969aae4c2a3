import { resolve } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import type { FoundFunction } from '../../iac/found-function.ts'

export type TerraformFunction = Pick<FoundFunction, 'logicalId' | 'lambdaName' | 'aliases' | 'left'>

/**
 * The functions in the output of `terraform show -json`.
 *
 * @throws LambdactlError USAGE for the output of another tool; CONFIG_INVALID
 */
export async function terraformFunctions(file: string): Promise<readonly TerraformFunction[]> {
  const { readOutput } = await import('../../iac/read-output.ts')
  const { tool, functions } = await readOutput(resolve(file), file)
  if (tool === 'Terraform') return functions
  throw new LambdactlError(
    'USAGE',
    `${file}: expected the output of terraform show -json, got that of ${tool}.`,
    {
      next: ['Run in the folder of Terraform: terraform show -json > terraform.json'],
    },
  )
}

/** The addresses of a function's resource and of its alias's; undefined if Terraform does not make the function. */
export function addressesOf(
  functions: readonly TerraformFunction[],
  lambdaName: string,
  alias: string,
): { function: string; alias?: string } | undefined {
  const found = functions.find((each) => each.lambdaName === lambdaName)
  if (!found) return undefined
  // There is one advice for each alias, in the order of the aliases.
  const addresses = (found.left ?? []).flatMap(({ what }) =>
    /(?:^|\.)aws_lambda_alias\.[^.]+$/.test(what) ? [what] : [],
  )
  const address = addresses[(found.aliases ?? []).indexOf(alias)]
  return { function: found.logicalId, ...(address !== undefined && { alias: address }) }
}
