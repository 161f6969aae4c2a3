/**
 * The members that each operation's answer always has. An answer without them comes from something else, such as a
 * proxy, or is incomplete. A path goes through lists. Lists that AWS may leave out when they are empty are not here.
 */
const needed: Readonly<Record<string, readonly string[]>> = {
  GetAlias: ['FunctionVersion', 'RevisionId'],
  CreateAlias: ['FunctionVersion', 'RevisionId'],
  UpdateAlias: ['FunctionVersion', 'RevisionId'],
  ListAliases: ['Aliases.Name', 'Aliases.FunctionVersion', 'Aliases.RevisionId'],
  GetFunction: ['Configuration.FunctionArn', 'Configuration.Version', 'Configuration.RevisionId'],
  CreateFunction: ['FunctionArn', 'Version'],
  UpdateFunctionCode: ['FunctionArn', 'Version'],
  UpdateFunctionConfiguration: ['FunctionArn', 'Version', 'LastModified'],
  PublishVersion: ['Version', 'CodeSha256'],
  ListVersionsByFunction: ['Versions.Version'],
  GetPolicy: ['Policy'],
  ListEventSourceMappings: ['EventSourceMappings'],
  ListProvisionedConcurrencyConfigs: ['ProvisionedConcurrencyConfigs.FunctionArn'],
  PutProvisionedConcurrencyConfig: ['Status'],
  PutFunctionConcurrency: ['ReservedConcurrentExecutions'],
  GetAccountSettings: ['AccountLimit'],
  GetFunctionUrlConfig: ['AuthType'],
  CreateFunctionUrlConfig: ['AuthType'],
  UpdateFunctionUrlConfig: ['AuthType'],
  GetMetricData: ['MetricDataResults'],
  FilterLogEvents: ['events'],
  GetCallerIdentity: ['Account', 'Arn'],
  GetParameters: ['Parameters'],
  CreateMultipartUpload: ['UploadId'],
}

/** The first member that an answer lacks among those that it always has. */
export function lackingMember(operation: string, answer: unknown): string | undefined {
  return needed[operation]?.find((path) => !has(answer, path.split('.')))
}

function has(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined && value !== null
  if (Array.isArray(value)) return value.every((each) => has(each, [name, ...rest]))
  if (typeof value !== 'object' || value === null) return false
  return has((value as Record<string, unknown>)[name], rest)
}
