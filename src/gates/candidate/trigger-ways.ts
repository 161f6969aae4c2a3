import { usualConfig } from '../../errors/next-step.ts'
import type { Trigger } from '../../release/values/observed.ts'
import { ownerFrom } from '../../release/values/owner.ts'

/** The tools that make most functions and their triggers. */
type Tool = 'SAM' | 'CDK' | 'Serverless Framework' | 'Terraform'

/** The way to put one kind of trigger on an alias, for each tool. */
interface Way extends Record<Tool, string> {
  /** The way without a tool. */
  plain: string
  /** The section of docs/triggers.md with a snippet for each tool. */
  section: string
}

const toAlias =
  "fromFunctionAttributes(this, 'Live', {functionArn: `${fn.functionArn}:ALIAS`, sameEnvironment: true})"

const ways: Record<Trigger['kind'], Way> = {
  mapping: {
    plain: 'PROGRAM lambda update-event-source-mapping --uuid UUID --function-name FUNCTION:ALIAS FLAGS',
    section: 'event-source-mappings',
    SAM: 'an AWS::Lambda::EventSourceMapping with FunctionName: !Sub "${Fn}:ALIAS", in place of the entry under Events:',
    CDK: "lambda.Alias.fromAliasAttributes(this, 'Live', {aliasName: 'ALIAS', aliasVersion: fn.latestVersion}).addEventSource(…)",
    'Serverless Framework':
      'under resources.extensions, for the mapping that the framework makes: Properties: {FunctionName: !Join [":", [!Ref FnLambdaFunction, ALIAS]]}',
    Terraform: 'in aws_lambda_event_source_mapping: function_name = "${aws_lambda_function.fn.arn}:ALIAS"',
  },
  grant: {
    plain:
      'grant it on the alias (aws lambda add-permission --qualifier ALIAS …), and give the source the ARN that ends with :ALIAS',
    section: 'resource-policies',
    SAM: 'an AWS::Lambda::Permission with FunctionName: !Sub "${Fn}:ALIAS", and the source with !Sub "${Fn.Arn}:ALIAS", in place of the entry under Events:',
    CDK: `give the source lambda.Function.${toAlias}`,
    'Serverless Framework':
      'under resources.extensions, for the permission and the source that the framework makes: !Join [":", [!GetAtt FnLambdaFunction.Arn, ALIAS]]',
    Terraform:
      'in aws_lambda_permission: qualifier = "ALIAS", and the source with "${aws_lambda_function.fn.arn}:ALIAS"',
  },
  url: {
    plain: 'a URL of the alias, by url: in FILE',
    section: 'function-urls',
    SAM: 'an AWS::Lambda::Url with TargetFunctionArn: !GetAtt Fn.Arn and Qualifier: ALIAS, in place of FunctionUrlConfig:',
    CDK: `lambda.Function.${toAlias}.addFunctionUrl(…)`,
    'Serverless Framework':
      'under resources.extensions, for FnLambdaFunctionUrl: Properties: {Qualifier: ALIAS}, and for its permission FunctionName: !Join [":", [!GetAtt FnLambdaFunction.Arn, ALIAS]]',
    Terraform: 'in aws_lambda_function_url and its aws_lambda_permission: qualifier = "ALIAS"',
  },
}

/** The facts about a function and its place that choose the words. */
export interface Made {
  /** The configuration file, as messages show it. */
  configName?: string
  tags?: Readonly<Record<string, string>> | undefined
  /** The AWS CLI for its Region, endpoint and credentials; ready for a shell. */
  awsCli?: { program: string; flags: readonly string[] } | undefined
}

const names: Record<Trigger['kind'], string> = {
  mapping: 'an event source mapping',
  grant: 'a source with a permission',
  url: 'a function URL',
}

/**
 * The ways to put triggers on an alias, one sentence for each kind; for the tool that made them, if it is known.
 *
 * @param made the function's tags, which show the tool, and the call of the AWS CLI for its place
 */
export function triggerWays(
  past: readonly Trigger[],
  functionName: string,
  alias: string,
  { configName = usualConfig.name, tags = {}, awsCli = { program: 'aws', flags: [] } }: Made = {},
): string[] {
  const tool = toolOf(tags)
  return [...new Set(past.map(({ kind }) => kind))].map((kind) => {
    const uuid = past.find((trigger) => trigger.kind === kind)?.uuid ?? 'UUID'
    const way = ways[kind]
    const how = filled(tool ? way[tool] : way.plain, {
      ALIAS: alias,
      Fn: resourceOf(tags),
      FUNCTION: functionName,
      UUID: uuid,
      FILE: configName,
      PROGRAM: awsCli.program,
      FLAGS: awsCli.flags.join(' '),
    }).trimEnd()
    const by = tool ? ` with ${tool}` : ''
    const more = tool
      ? `more in docs/triggers.md#${way.section}`
      : `in SAM, CDK, Serverless Framework and Terraform: docs/triggers.md#${way.section}`
    return `To put ${names[kind]} on ${alias}${by} (${more}): ${how}`
  })
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\b(?:ALIAS|FILE|FLAGS|Fn(?=LambdaFunction|\b)(?!::)|FUNCTION|PROGRAM|UUID)(?=\b|LambdaFunction)/g,
    (word) => values[word] ?? word,
  )
}

/** The function's resource in its template, as far as a tag tells; the Serverless Framework adds a word to it. */
function resourceOf(tags: Readonly<Record<string, string>>): string {
  return ownerFrom(tags)?.logicalId?.replace(/LambdaFunction$/, '') ?? 'Fn'
}

/** The tool whose words fit a function; SAM's templates are CloudFormation's. */
function toolOf(tags: Readonly<Record<string, string>>): Tool | undefined {
  const tool = ownerFrom(tags)?.tool
  if (tool === 'CloudFormation') return 'SAM'
  if (tool === 'OpenTofu') return 'Terraform'
  return tool === 'Pulumi' ? undefined : tool
}
