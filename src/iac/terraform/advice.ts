import type { LeftOut } from '../found-function.ts'
import { codeAttributes, ignoreChanges } from './ignore-changes.ts'
import type { Resource } from './resources.ts'

/** Says what to change in Terraform, resource by resource, so that its next apply leaves a release alone. */
export function adviceFor(fn: Resource, aliases: readonly Resource[], file: string): LeftOut[] {
  const say = (what: string, why: string): LeftOut => ({ what, file, why, isAdvice: true })
  return [
    say(
      fn.address,
      `a change of its code would put Terraform's code back; ${lifecycle(fn, codeAttributes(fn))}`,
    ),
    ...(fn.values['publish'] === true
      ? [say(fn.address, 'each apply that changes it publishes a version; set publish = false')]
      : []),
    ...aliases.map((each) =>
      say(each.address, `an apply would undo a release; ${lifecycle(each, ignoreChanges.alias)}`),
    ),
  ]
}

/** A module takes no `lifecycle` from its caller. */
function lifecycle({ address }: Resource, attributes: readonly string[]): string {
  const block = `lifecycle { ignore_changes = [${attributes.join(', ')}] }`
  return address.startsWith('module.') ? `its module needs ${block}` : `add ${block}`
}
