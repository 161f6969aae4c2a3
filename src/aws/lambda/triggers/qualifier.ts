/** The alias or version at the end of a function's ARN; undefined for none, and for $LATEST. */
export function qualifierIn(arn: string): string | undefined {
  const qualifier = arn.split(':')[7]
  return qualifier === '$LATEST' ? undefined : qualifier
}

/** Whether an ARN is that of a function, or of an alias or version of it. */
export function isOf(functionName: string, arn: string): boolean {
  return arn.split(':')[6] === functionName
}
