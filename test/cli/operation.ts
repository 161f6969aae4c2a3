import type { IncomingMessage } from 'node:http'

const one = '/2015-03-31/functions/[^/]+'

/** Lambda's operations by method and path, as far as lambdactl calls them. */
const lambdaOperations: readonly (readonly [operation: string, method: string, path: string])[] = [
  ['CreateFunction', 'POST', '/2015-03-31/functions'],
  ['ListFunctions', 'GET', '/2015-03-31/functions'],
  ['GetFunction', 'GET', one],
  ['DeleteFunction', 'DELETE', one],
  ['UpdateFunctionCode', 'PUT', `${one}/code`],
  ['UpdateFunctionConfiguration', 'PUT', `${one}/configuration`],
  ['PublishVersion', 'POST', `${one}/versions`],
  ['ListVersionsByFunction', 'GET', `${one}/versions`],
  ['CreateAlias', 'POST', `${one}/aliases`],
  ['ListAliases', 'GET', `${one}/aliases`],
  ['GetAlias', 'GET', `${one}/aliases/[^/]+`],
  ['UpdateAlias', 'PUT', `${one}/aliases/[^/]+`],
  ['Invoke', 'POST', `${one}/invocations`],
  ['GetPolicy', 'GET', `${one}/policy`],
  ['GetFunctionUrlConfig', 'GET', '/2021-10-31/functions/[^/]+/url'],
  ['ListFunctionUrlConfigs', 'GET', '/2021-10-31/functions/[^/]+/urls'],
  ['ListEventSourceMappings', 'GET', '/2015-03-31/event-source-mappings'],
  ['GetFunctionConcurrency', 'GET', '/2019-09-30/functions/[^/]+/concurrency'],
  ['PutFunctionConcurrency', 'PUT', '/2017-10-31/functions/[^/]+/concurrency'],
  ['ListProvisionedConcurrencyConfigs', 'GET', '/2019-09-30/functions/[^/]+/provisioned-concurrency'],
  ['PutProvisionedConcurrencyConfig', 'PUT', '/2019-09-30/functions/[^/]+/provisioned-concurrency'],
  ['DeleteProvisionedConcurrencyConfig', 'DELETE', '/2019-09-30/functions/[^/]+/provisioned-concurrency'],
  ['GetAccountSettings', 'GET', '/2016-08-19/account-settings'],
]

/** Which operation of AWS a request asks for, as in `UpdateAlias`; its method and path where that isn't known. */
export function operationOf({ method = '', url = '/', headers }: IncomingMessage): string {
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.split('.').at(-1) ?? target
  const path = url.replace(/\?.*$/, '').replace(/\/$/, '')
  // The operations of IAM are named in the bodies alone.
  if (path === '' && headers.authorization?.includes('/iam/')) return 'IAM'
  // Of STS, only GetCallerIdentity is called.
  if (path === '') return 'GetCallerIdentity'
  if (path.startsWith('/downloads/')) return 'the code'
  const found = lambdaOperations.find(
    ([, itsMethod, itsPath]) => itsMethod === method && new RegExp(`^${itsPath}$`).test(path),
  )
  return found?.[0] ?? `${method} ${path}`
}
