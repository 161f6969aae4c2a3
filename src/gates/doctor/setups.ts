import { type Owner, type OwnerTool, ownerWords } from '../../release/values/owner.ts'
import type { Diagnosis, Mend } from './diagnosis.ts'
import { cdkMends } from './setups/cdk.ts'
import { cloudFormationMends } from './setups/cloudformation.ts'
import type { Names } from './setups/names.ts'
import { pulumiMends } from './setups/pulumi.ts'
import { samMends } from './setups/sam.ts'
import { serverlessMends } from './setups/serverless.ts'
import { stackCommand } from './setups/stack.ts'
import { terraformMends } from './setups/terraform.ts'

/** A tool's way to live beside lambdactl. */
interface Setup {
  /** The page of the documentation. */
  page: string
  /** The texts that leave to lambdactl the parts that a release changes. */
  mends: (names: Names) => Mend[]
}

const terraform: Setup = { page: 'docs/beside-iac/terraform.md', mends: terraformMends }

const setups: Record<OwnerTool, Setup> = {
  Terraform: terraform,
  OpenTofu: terraform,
  CDK: { page: 'docs/beside-iac/cdk.md', mends: cdkMends },
  SAM: { page: 'docs/beside-iac/sam.md', mends: samMends },
  CloudFormation: { page: 'docs/beside-iac/cloudformation.md', mends: cloudFormationMends },
  'Serverless Framework': { page: 'docs/beside-iac/serverless.md', mends: serverlessMends },
  Pulumi: { page: 'docs/beside-iac/pulumi.md', mends: pulumiMends },
}

/** Gives the texts for the other tool's sources, which AWS does not show. */
export function setupDiagnosis(owner: Owner, names: Names): Diagnosis {
  const { page, mends } = setups[owner.tool]
  const who = ownerWords(owner)
  const { stack } = owner
  return {
    title: 'other tool',
    outcome: 'note',
    detail: `${who} must publish no version of it, and leave ${names.alias} where a release puts it (${page})`,
    why: isOfStack(owner) ? byStack(owner, names) : byApply(names),
    mends: [...(stack === undefined ? [] : [stackCommand({ ...owner, stack }, names)]), ...mends(names)],
  }
}

const withoutStacks: readonly OwnerTool[] = ['Terraform', 'OpenTofu', 'Pulumi']

function isOfStack({ tool }: Owner): boolean {
  return !withoutStacks.includes(tool)
}

function byApply({ alias }: Names): string {
  return `If not, its next apply puts back the code, moves ${alias} past all gates and clears the release's record.`
}

function byStack({ tool }: Owner, { alias }: Names): string {
  const reverts = tool === 'CDK' ? '`cdk deploy --revert-drift`' : 'a change set with REVERT_DRIFT'
  return `If not, a deployment that changes an alias of the template moves it past all gates; ${reverts} puts ${alias} back even where the template did not change.`
}
