import { firstFew } from '../../../errors/first-few.ts'
import type { Diagnosis, Mend, Ways } from '../diagnosis.ts'
import { type PolicyText, wildcardsOf } from './role-wildcards.ts'

/** The policies of a function's role. */
export interface FoundRole {
  /** The ARN. */
  role: string
  policies: readonly PolicyText[]
}

const title = 'role'
/** The most wildcards that are named. */
const mostNamed = 6

/** Checks that the role of a function allows no more than the code needs: it names the wildcards of its policies. */
export function roleDiagnosis({ role, policies }: FoundRole, { aws }: Ways): Diagnosis {
  const name = role.split('/').at(-1) ?? role
  const wide = policies.flatMap((policy) => wildcardsOf(policy).map((words) => ({ policy, words })))
  if (wide.length === 0) return { title, outcome: 'pass', detail: `${name} has no wildcard to bound` }
  const named = wide.map(({ policy, words }) => `${policy.name}, ${words}`)
  const isUsual = wide.every(({ policy }) => isMadeForLambda(policy))
  return {
    title,
    outcome: isUsual ? 'note' : 'warn',
    detail: `${name} allows without bounds: ${firstFew(named, mostNamed).join('; ')}`,
    ...(!isUsual && { why: 'A fault in the code, or in a package of it, can use all of that.' }),
    field: 'role',
    mends: [...new Set(wide.map(({ policy }) => policy))].map((policy) => shown(policy, name, aws)),
    next: [
      'Name the actions and the ARNs that the code uses. IAM Access Analyzer writes such a policy from the calls that CloudTrail has recorded.',
    ],
  }
}

/** The policies that AWS made for functions' roles. */
function isMadeForLambda({ arn = '' }: PolicyText): boolean {
  return /:aws:policy\/service-role\/AWSLambda/.test(arn)
}

function shown({ name, arn, version = '' }: PolicyText, role: string, aws: Ways['aws']): Mend {
  const text =
    arn === undefined
      ? aws('iam get-role-policy', '--role-name', role, '--policy-name', name)
      : aws('iam get-policy-version', '--policy-arn', arn, '--version-id', version)
  return { where: `To see ${name}`, language: 'sh', text }
}

/** Tells that the policies could not be read. */
export function unreadRole(reason: string): Diagnosis {
  return { title, outcome: 'note', detail: `not checked: ${reason}` }
}
