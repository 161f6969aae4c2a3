import { mapOf, textOf, valueIn } from '../json.ts'

type Shown = Readonly<Record<string, unknown>>

/** Returns `providerRegion` for an output; the resources of each module are indexed once. */
export function providerRegions(shown: Shown): (address: string) => string | undefined {
  const modules = new Map<unknown, ReadonlyMap<unknown, unknown>>()
  const resourcesOf = (module: unknown) => {
    const known = modules.get(module)
    if (known) return known
    const resources: unknown = valueIn(module, 'resources')
    const all: readonly unknown[] = Array.isArray(resources) ? resources : []
    const byAddress = new Map(all.toReversed().map((each) => [valueIn(each, 'address'), each]))
    modules.set(module, byAddress)
    return byAddress
  }
  return (address) => providerRegion(shown, address, resourcesOf)
}

/**
 * The Region of the provider that makes a resource, as a plan's configuration names it: a state has none, and its
 * resources have ARNs. A variable gives it if its value alone is the Region.
 *
 * @param shown the output of `terraform show -json`
 * @param address the resource's, as in `module.shop["a"].aws_lambda_function.this`
 */
function providerRegion(
  shown: Shown,
  address: string,
  resourcesOf: (module: unknown) => ReadonlyMap<unknown, unknown>,
): string | undefined {
  const { modules, local } = configuredAs(address)
  const module = modules.reduce<unknown>(
    (within, name) => valueIn(within, 'module_calls', name, 'module'),
    valueIn(shown, 'configuration', 'root_module'),
  )
  const resource = resourcesOf(module).get(local)
  const key = textOf(valueIn(resource, 'provider_config_key'))
  if (key === undefined) return undefined
  const region = valueIn(shown, 'configuration', 'provider_config', key, 'expressions', 'region')
  const { constant_value: constant, references } = mapOf(region)
  return textOf(constant) ?? ofVariable(shown, references)
}

/** The address without the keys of `for_each` and `count`, and the names of its modules. */
function configuredAs(address: string): { modules: string[]; local: string } {
  const plain = address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '')
  const modules = Array.from(plain.matchAll(/(?:^|\.)module\.([^.]+)/g), ([, name = '']) => name)
  return { modules, local: plain.replace(/^(?:module\.[^.]+\.)+/, '') }
}

function ofVariable(shown: Shown, references: unknown): string | undefined {
  const [only, ...others] = Array.isArray(references) ? (references as unknown[]) : []
  const [, name] = /^var\.([\w-]+)$/.exec(textOf(only) ?? '') ?? []
  if (name === undefined || others.length > 0) return undefined
  const value = textOf(valueIn(shown, 'variables', name, 'value'))
  return value !== undefined && /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(value) ? value : undefined
}
