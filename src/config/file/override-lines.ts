import { stringify } from 'yaml'

/**
 * The lines of `lambdactl.yaml` that set these fields of a function in one environment, and leave the others unchanged.
 *
 * @param fields in the file's form
 */
export function overrideLines(
  environment: string,
  name: string,
  fields: Readonly<Record<string, unknown>>,
): string[] {
  const text = stringify(
    { environments: { [environment]: { functions: { [name]: fields } } } },
    { lineWidth: 0 },
  )
  return text.trimEnd().split('\n')
}
