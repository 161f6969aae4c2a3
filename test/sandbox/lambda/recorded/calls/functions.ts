import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  InvokeCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { account, arnOf, createActive, functionInput } from '../../sandbox.ts'
import { handlerZip } from '../../zip.ts'
import type { Scenario, Scenarios, Stage } from '../replay.ts'

interface Asked {
  FunctionName: string
  Qualifier?: string
}

/** One call of each operation that a recorded test names in brackets. */
const operations: Readonly<Record<string, (stage: Stage, asked: Asked) => Promise<unknown>>> = {
  delete_function: ({ client }, asked) => client.send(new DeleteFunctionCommand(asked)),
  get_function: ({ client }, asked) => client.send(new GetFunctionCommand(asked)),
  get_function_configuration: ({ client }, asked) => client.send(new GetFunctionConfigurationCommand(asked)),
  get_function_url_config: ({ client }, asked) => client.send(new GetFunctionUrlConfigCommand(asked)),
  get_function_code_signing_config: ({ client }, asked) =>
    client.send(new GetFunctionCodeSigningConfigCommand(asked)),
  get_function_event_invoke_config: ({ client }, asked) =>
    client.send(new GetFunctionEventInvokeConfigCommand(asked)),
  get_function_concurrency: ({ client }, asked) => client.send(new GetFunctionConcurrencyCommand(asked)),
  invoke: ({ client }, asked) => client.send(new InvokeCommand(asked)),
}

/** A scenario for each operation: `test_get_function_wrong_region[invoke]`. */
function forOperations(
  test: string,
  scenario: (stage: Stage, call: (asked: Asked) => Promise<unknown>) => Promise<void>,
): Scenarios {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, Scenario] => [
      `TestLambdaFunction::${test}[${name}]`,
      (stage) => scenario(stage, (asked) => operation(stage, asked)),
    ]),
  )
}

/** Functions that are not there, or are named in another way than they can be. */
export const functionCalls: Scenarios = {
  ...forOperations('test_ops_with_arn_qualifier_mismatch', async ({ refused }, call) => {
    const arn = arnOf('some-function')
    await refused(call({ FunctionName: `${arn}:1`, Qualifier: '$LATEST' }))
    await refused(call({ FunctionName: `${arn}:$LATEST`, Qualifier: '$LATEST' }))
  }),
  ...forOperations('test_ops_on_nonexisting_version', async ({ client, name, refused }, call) => {
    await createActive(client, name)
    await refused(call({ FunctionName: name, Qualifier: '1221' }))
  }),
  ...forOperations('test_ops_on_nonexisting_fn', async ({ name, refused }, call) => {
    await refused(call({ FunctionName: name }))
  }),
  ...forOperations('test_get_function_wrong_region', async ({ name, refused }, call) => {
    const arn = `arn:aws:lambda:us-east-1:${account}:function:${name}`
    await refused(call({ FunctionName: arn }), { 'wrong-region': 'us-east-1' })
  }),
  'TestLambdaFunction::test_function_lifecycle': async ({ client, name, refused }) => {
    await createActive(client, name)
    await client.send(new DeleteFunctionCommand({ FunctionName: name }))
    await refused(client.send(new DeleteFunctionCommand({ FunctionName: name })))
  },
  'TestLambdaFunction::test_delete_on_nonexisting_version': async ({ client, name, refused }) => {
    await createActive(client, name)
    await client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: '1233' }))
    await client.send(new DeleteFunctionCommand({ FunctionName: name }))
    await refused(client.send(new DeleteFunctionCommand({ FunctionName: name })))
    await refused(client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: '1233' })))
  },
  'TestLambdaFunction::test_function_arns': async ({ client, refused }) => {
    const create = (name: string) => client.send(new CreateFunctionCommand(functionInput(name)))
    await refused(create('invalid:function:name'))
    await refused(create('a'.repeat(65)))
    const long = 'a'.repeat(141 - arnOf('').length)
    await refused(create(arnOf(long)), { 'function-name': long })
    await refused(create(`arn:aws:lambda:ap-southeast-1:${account}:function:some`))
    await refused(create('arn:aws:lambda:eu-west-1:123456789012:function:some'))
  },
  'TestLambdaFunction::test_invalid_invoke': async ({ client, refused }) => {
    const FunctionName = 'arn:aws:lambda:eu-west-1:123400000000@function:myfn'
    await refused(client.send(new InvokeCommand({ FunctionName })))
  },
  'TestLambdaFunction::test_list_functions': async ({ client, refused }) => {
    await refused(client.send(new ListFunctionsCommand({ FunctionVersion: 'invalid' as 'ALL' })))
  },
  'TestLambdaFunction::test_lambda_concurrent_code_updates': async ({ client, name, refused }) => {
    await createActive(client, name)
    const update = (text: string) =>
      client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: handlerZip(text) }))
    await update('two')
    await refused(update('three'))
  },
  'TestLambdaFunction::test_lambda_concurrent_config_updates': async ({ client, name, refused }) => {
    await createActive(client, name)
    const update = (Description: string) =>
      client.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Description }))
    await update('two')
    await refused(update('three'))
  },
  'TestLambdaVersions::test_publish_with_wrong_revisionid': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(client.send(new PublishVersionCommand({ FunctionName: name, RevisionId: 'doesntexist' })))
  },
  'TestLambdaVersions::test_publish_with_wrong_sha256': async ({ client, name, refused }) => {
    await createActive(client, name)
    const { CodeSha256 = '' } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
    const publish = new PublishVersionCommand({ FunctionName: name, CodeSha256: 'somenonexistentsha256' })
    await refused(client.send(publish), { 'code-sha256': CodeSha256 })
  },
}
