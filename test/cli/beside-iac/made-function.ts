import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda'
import { expect } from 'vitest'
import { zipOf } from '../../sandbox/lambda/zip.ts'
import { ForeignFunction } from '../adopted.ts'
import type { TestSandbox } from '../sandbox.ts'

/** The settings that a tool's output has for its function, as Lambda gets them. */
type MadeSettings = Partial<CreateFunctionCommandInput>

/** A function in an output, and the function's own name in Lambda. */
export interface MadeFunction {
  lambdaName: string
  settings: MadeSettings
  /** A folder or a zip: the code as the tool uploads it. */
  code: string
}

/** Makes the function as its tool does, with version 1 under the alias `live`. */
export async function makeFunction(sandbox: TestSandbox, { lambdaName, settings, code }: MadeFunction) {
  const isFolder = (await stat(code)).isDirectory()
  const ZipFile = isFolder ? zipOf(await entriesOf(code)) : await readFile(code)
  const made = await new ForeignFunction(sandbox, lambdaName).create(undefined, {
    ...settings,
    Code: { ZipFile },
  })
  await made.alias('live', await made.publish())
  return made
}

async function entriesOf(folder: string) {
  const names = (await readdir(folder)).toSorted()
  return Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(folder, name), 'utf8') })),
  )
}

type Fields = Readonly<Record<string, unknown>>

/** The only function of a template of CloudFormation, with the tags that its stack gives. */
export function ofTemplate(text: string, stack: string): MadeSettings {
  const { Resources: resources } = JSON.parse(text.replaceAll('${AWS::StackName}', stack)) as {
    Resources: Readonly<Record<string, { Type: string; Properties?: Fields }>>
  }
  const found = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
  expect(found).toHaveLength(1)
  const [logicalId, properties] = found.map(([id, { Properties = {} }]) => [id, Properties] as const)[0] ?? [
    '',
    {},
  ]
  const { Code: _, Role: __, FunctionName: ___, Tags: own = [], ...settings } = properties
  const tags = (own as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value] as const)
  return {
    ...(plain(settings) as MadeSettings),
    Tags: {
      ...Object.fromEntries(tags),
      'aws:cloudformation:stack-name': stack,
      'aws:cloudformation:logical-id': logicalId,
    },
  }
}

/** The value with each `Sub` as its text: the name of the stack is in it already. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if ('Fn::Sub' in value) return value['Fn::Sub']
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

/** The only function of a state of Terraform. */
export function ofState(text: string): MadeSettings {
  const { values } = JSON.parse(text) as { values: { root_module: { resources: Resource[] } } }
  const found = values.root_module.resources.find(({ type }) => type === 'aws_lambda_function')
  const { environment = [], ...fields } = found?.values ?? {}
  return {
    Runtime: fields['runtime'],
    Handler: fields['handler'],
    Architectures: fields['architectures'],
    MemorySize: fields['memory_size'],
    Timeout: fields['timeout'],
    Environment: { Variables: environment[0]?.variables },
    Tags: fields['tags_all'],
  } as MadeSettings
}

interface Resource {
  type: string
  values: Fields & { environment?: { variables: Record<string, string> }[] }
}
