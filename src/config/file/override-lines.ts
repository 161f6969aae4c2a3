import { stringify } from 'yaml'

/**
 * The lines of `lambdactl.yaml` that give a function these fields in one environment, and leave the others as they are.
 *
 * @param fields as the file has them
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
