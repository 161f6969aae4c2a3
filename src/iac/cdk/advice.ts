import type { TemplateFunction } from '../cloudformation/template-functions.ts'
import type { LeftOut } from '../found-function.ts'

const page = 'docs/beside-iac/cdk.md'

/**
 * Says what to change in the CDK's stack, so that its next deployment leaves a release alone. An alias leaves the stack
 * together with its version, so the version is not named besides.
 */
export function adviceFor({ namedBy }: TemplateFunction, file: string): LeftOut[] {
  const of = (type: string) => namedBy.filter((each) => each.type === `AWS::Lambda::${type}`)
  const say = (why: string) => (each: { logicalId: string }) => ({
    what: each.logicalId,
    file,
    why,
    isAdvice: true as const,
  })
  const aliases = of('Alias').map(
    say(
      `a deployment that changes the function moves this alias past all gates; keep it, then take it out of the stack (${page}#a-stack-that-has-an-alias-already)`,
    ),
  )
  return aliases.length > 0
    ? aliases
    : of('Version').map(
        say(
          `each deployment that changes the function publishes a version; use no currentVersion (${page}#the-stack)`,
        ),
      )
}
