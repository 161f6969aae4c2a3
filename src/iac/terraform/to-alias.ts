import type { ToAlias } from '../found-function.ts'
import type { Caller } from './callers.ts'
import type { Resource } from './resources.ts'

/** A function, and the alias that Terraform makes for it, if any. */
export interface Aliased {
  fn: Resource
  alias: Resource | undefined
}

/** The text that puts a function's callers on its alias: each resource with the attribute that has to change. */
export function toAliasOf(callers: readonly Caller[], aliased: Aliased, file: string): ToAlias[] {
  if (callers.length === 0) return []
  const why = [
    `These resources name ${aliased.fn.address} itself, so their events go to $LATEST.`,
    ...(aliased.alias ? [] : ['Release once before you apply the text: it names live, which has to exist.']),
    ...(callers.some(isPermission)
      ? [
          'Terraform deletes a permission before it makes the changed one, and Lambda refuses the events meanwhile. So add it beside the old one, and remove the old one later (docs/triggers.md#with-terraform).',
        ]
      : []),
    'The text has the attribute to change in each',
  ].join(' ')
  const triggers = callers.map(({ address }) => ({ what: address, file }))
  return [{ why, triggers, text: callers.map((caller) => changed(caller, aliased)).join('\n') }]
}

function isPermission({ address }: Caller): boolean {
  return partsOf(address).type === 'aws_lambda_permission'
}

/** The resource with its changed attribute alone. */
function changed({ address, path, has }: Caller, aliased: Aliased): string {
  const { module, type, name } = partsOf(address)
  const assignment = `${path.at(-1)} = ${onAlias(has, aliased, module)}`
  const body = path
    .slice(0, -1)
    .reduceRight((within, block) => `${block} {\n${indented(within)}\n}`, assignment)
  const where = module === '' ? '' : `# in ${module.slice(0, -1)}\n`
  return `${where}resource "${type}" "${name}" {\n${indented(body)}\n}`
}

/** The value that names the alias, as it is written in a module. */
function onAlias(has: Caller['has'], { fn, alias }: Aliased, module: string): string {
  const within = (address: string) => (address.startsWith(module) ? address.slice(module.length) : address)
  if (alias) return `${within(alias.address)}.${has === 'qualifier' ? 'name' : has}`
  const values = {
    arn: `"\${${within(fn.address)}.arn}:live"`,
    invoke_arn: `replace(${within(fn.address)}.invoke_arn, "/invocations", ":live/invocations")`,
    qualifier: '"live"',
  }
  return values[has]
}

/** `module.shop.aws_lambda_permission.events[0]`: the module with its last dot, the type, and the name without an index. */
function partsOf(address: string) {
  const {
    module = '',
    type = '',
    name = '',
  } = /^(?<module>(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*)(?<type>[^.]+)\.(?<name>[^.[]+)/.exec(address)
    ?.groups ?? {}
  return { module, type, name }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
