/** The consoles of AWS's partitions, by the begin of their Regions' names. */
const consoles: readonly (readonly [begin: string, domain: string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
]

/** The start page of a service in AWS's console in a Region, as in `cloudwatch`. */
export function consoleAddress(region: string, service: string): string {
  const [, domain = 'console.aws.amazon.com'] = consoles.find(([begin]) => region.startsWith(begin)) ?? []
  return `https://${region}.${domain}/${service}/home?region=${region}`
}

/** The pages of a function. */
export const consolePages = [
  'function',
  'code',
  'logs',
  'alarms',
  'traces',
  'metrics',
  'versions',
  'triggers',
  'concurrency',
  'releases',
] as const
export type ConsolePage = (typeof consolePages)[number]

/** The log group of the journal of releases. */
const journalGroup = '/lambdactl/releases'

/** A function as its pages name it. */
export interface ConsoleFunction {
  region: string
  lambdaName: string
  /** Undefined if the function does not have it. */
  alias: string | undefined
  /** Only the page of logs needs it. */
  logGroup: string | undefined
}

/** The address of a function's page in AWS's console. */
export function functionAddress(
  { region, lambdaName, alias, logGroup }: ConsoleFunction,
  page: ConsolePage,
): string {
  const lambda = consoleAddress(region, 'lambda')
  const cloudWatch = consoleAddress(region, 'cloudwatch')
  const ofFunction = `${lambda}#/functions/${encodeURIComponent(lambdaName)}`
  switch (page) {
    case 'function':
      return alias === undefined ? ofFunction : `${ofFunction}/aliases/${encodeURIComponent(alias)}`
    case 'metrics':
      return `${ofFunction}?tab=monitoring`
    case 'versions':
      return `${ofFunction}?tab=versions`
    case 'triggers':
    case 'concurrency':
      return `${ofFunction}?subtab=${page}&tab=configure`
    case 'releases':
      return `${cloudWatch}#logsV2:log-groups/log-group/${dollarEncoded(journalGroup)}`
    case 'code':
      return `${ofFunction}?tab=code`
    case 'logs':
      return `${cloudWatch}#logsV2:log-groups/log-group/${dollarEncoded(logGroup ?? `/aws/lambda/${lambdaName}`)}`
    case 'alarms':
      return `${cloudWatch}#alarmsV2:?~(search~'${jsUrl(lambdaName)})`
    case 'traces':
      return `${cloudWatch}#xray:traces/query?~(query~(expression~'${jsUrl(`service("${lambdaName}")`)}))`
  }
}

/** The console's own form of a path in a fragment: `$252F` for a slash. */
function dollarEncoded(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$')
}

/** A text in the console's form of JSON in a fragment, after its quote: `*20` for a space. */
function jsUrl(text: string): string {
  return text.replace(/[^\w.-]/g, (sign) => `*${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
