import type { LeftOut } from '../found-function.ts'
import type { Caller } from './callers.ts'
import { codeAttributes, ignoreChanges } from './ignore-changes.ts'
import type { Resource } from './resources.ts'

/** A function with the resources of Terraform that belong to it. */
export interface Beside {
  fn: Resource
  aliases: readonly Resource[]
  callers: readonly Caller[]
}

/** Says what to change in Terraform, resource by resource, so that its next apply leaves a release alone. */
export function adviceFor({ fn, aliases, callers }: Beside, file: string): LeftOut[] {
  const say = (what: string, why: string): LeftOut => ({ what, file, why })
  const alias = aliases.find(({ values }) => values['name'] === 'live') ?? aliases[0]
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
    ...callers.map((caller) =>
      say(caller.address, `it goes to $LATEST, past the alias; set ${onAlias(caller, fn, alias)}`),
    ),
  ]
}

/** A module takes no `lifecycle` from its caller. */
function lifecycle({ address }: Resource, attributes: readonly string[]): string {
  const block = `lifecycle { ignore_changes = [${attributes.join(', ')}] }`
  return address.startsWith('module.') ? `its module needs ${block}` : `add ${block}`
}

/** The line that puts a caller on the alias. */
function onAlias({ attribute, has }: Caller, fn: Resource, alias: Resource | undefined): string {
  if (alias) return `${attribute} = ${alias.address}.${has === 'qualifier' ? 'name' : has}`
  const values = {
    arn: `"\${${fn.address}.arn}:live"`,
    invoke_arn: `replace(${fn.address}.invoke_arn, "/invocations", ":live/invocations")`,
    qualifier: '"live"',
  }
  return `${attribute} = ${values[has]}`
}
