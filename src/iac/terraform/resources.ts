import { mapOf, textOf, valueIn } from '../json.ts'

/** A resource, or a data source, in the output of `terraform show -json`. */
export interface Resource {
  /** As in `module.shop.aws_lambda_function.this["pay"]`. */
  address: string
  type: string
  isData: boolean
  /** Its attributes by name; those that only an apply will know are missing. */
  values: Readonly<Record<string, unknown>>
}

/** Lists the resources of a state or of a plan, those of all modules. */
export function resourcesOf(shown: Readonly<Record<string, unknown>>): Resource[] {
  const { values, planned_values: planned, prior_state: prior } = shown
  const managed = inModule(valueIn(planned ?? values, 'root_module'))
  // A plan has the data sources that it has read beside its values.
  const before = inModule(valueIn(prior, 'values', 'root_module'))
  return [...managed, ...before.filter(({ isData }) => isData)]
}

function inModule(module: unknown): Resource[] {
  const { resources, child_modules: children } = mapOf(module)
  return [...listOf(resources).map(resourceOf), ...listOf(children).flatMap(inModule)]
}

function resourceOf(resource: unknown): Resource {
  const { address, type, mode, values } = mapOf(resource)
  return {
    address: textOf(address) ?? '',
    type: textOf(type) ?? '',
    isData: mode === 'data',
    values: mapOf(values),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
