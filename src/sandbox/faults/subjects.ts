type Fields = Readonly<Record<string, unknown>>

/** The members of inputs that name resources; a function has its alias or version in another member. */
const members = [
  'AlarmName',
  'AlarmNames',
  'logGroupName',
  'logGroupIdentifier',
  'logGroupNames',
  'logGroupIdentifiers',
  'Bucket',
  'Name',
  'Names',
  'SecretId',
  'SecretIdList',
  'Resource',
  'RoleName',
  'LayerName',
  'QueueName',
  'QueueUrl',
]

/**
 * The names of the resources that a request is about, as a fault narrows it with `--on`: a function without and with
 * the alias or version that the request names, an alarm, a log group, and so on.
 */
export function subjectsOfRequest(input: object): string[] {
  const { FunctionName, Qualifier, Name, Bucket, ...others } = input as Fields
  if (typeof FunctionName === 'string') return ofFunction(shortName(FunctionName), Qualifier ?? Name)
  const fields: Fields = { ...others, Bucket, Name }
  const names = members.flatMap((member) => textsOf(fields[member])).map(shortName)
  return [...names, ...keysOf(others).map((key) => `${String(Bucket)}/${key}`)]
}

/** The keys of a request about one object, or of a deletion of several. */
function keysOf({ Key, Delete }: Fields): string[] {
  const { Objects } = Object(Delete) as Fields
  return [Key, ...[Objects ?? []].flat().map((each) => (Object(each) as Fields)['Key'])].flatMap(textsOf)
}

/** The functions of a metric: `shop` and `shop:live`, and `shop:2` for a metric of the version that ran. */
export function subjectsOfMetric(dimensions: Readonly<Record<string, string>>): string[] {
  const { FunctionName, Resource, ExecutedVersion } = dimensions
  if (FunctionName === undefined) return []
  const version = ExecutedVersion === undefined ? [] : [`${FunctionName}:${ExecutedVersion}`]
  return [FunctionName, ...(Resource === undefined ? [] : [Resource]), ...version]
}

function ofFunction(named: string, part: unknown): string[] {
  const [name = '', qualifier = part] = named.split(':')
  return typeof qualifier === 'string' ? [name, `${name}:${qualifier}`] : [name]
}

/** The name in an ARN: `shop:live` of a function, `/aws/lambda/shop` of a log group. Other texts stay. */
function shortName(text: string): string {
  return text
    .replace(/^(?:arn:.*?:)?(?:\d{12}:)?(?:function|alarm|log-group):/, '')
    .replace(/^arn:.*?:secret:(.*?)(?:-\w{6})?$/, '$1')
    .replace(/^arn:.*?:parameter(?:\/(?=[^/]*$))?(.*?)(?::\d+)?$/, '$1')
    .replace(/:\*$/, '')
    .replace(/^https?:.*\//, '')
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === 'string')
}
