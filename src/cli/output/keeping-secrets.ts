import type { Aws } from '../../ports/aws.ts'
import { keepLambdaVariables } from './secret-variables.ts'

/** Masks the secrets among the variables of each function that is read. */
export function keepingSecrets(aws: Aws): Aws {
  const { functions } = aws
  const get: Aws['functions']['get'] = async (...of) => {
    const found = await functions.get(...of)
    keepLambdaVariables(found?.settings.environment ?? {})
    return found
  }
  return { ...aws, functions: { ...functions, get } }
}
