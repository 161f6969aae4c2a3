/** The ARN of a function in API Gateway's own path to it. */
const invocationPath =
  /^arn:[^:]+:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(arn:.+)\/invocations$/

const functionArn = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/

/**
 * The function that an integration's URI means.
 *
 * @param variables of the stage, which a URI may name as `${stageVariables.alias}`
 * @returns undefined if the URI means none
 */
export function functionIn(
  uri: string,
  variables: Readonly<Record<string, string>> = {},
): string | undefined {
  const filled = uri.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(variables, name) ? String(variables[name]) : '',
  )
  const arn = invocationPath.exec(filled)?.[1] ?? filled
  return functionArn.test(arn) ? arn : undefined
}
