import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { arnOf, createActive, fault, functionInput, startLambda, type TestSandbox } from '../sandbox.ts'

/** Sends a request without an SDK, to see the body of the error. */
async function bodyOf(
  { endpoint }: TestSandbox,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { authorization },
    ...(body && { body: JSON.stringify(body) }),
  })
  return await answer.json()
}

test('an error has its text where the model of its code has it', async () => {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  expect(await bodyOf(sandbox, 'GET', '/2015-03-31/functions/some')).toEqual({
    Type: 'User',
    Message: `Function not found: ${arnOf('some')}`,
  })
  expect(await bodyOf(sandbox, 'GET', '/2015-03-31/functions/shop:1?Qualifier=2')).toEqual({
    Type: 'User',
    message: 'The derived qualifier from the function name does not match the specified qualifier.',
  })
})

test('the errors of concurrency limits, of weights on $LATEST and of the model have no Type', async () => {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  const reserve = { ReservedConcurrentExecutions: 1000 }
  expect(await bodyOf(sandbox, 'PUT', '/2017-10-31/functions/shop/concurrency', reserve)).toEqual({
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  })
  const alias = {
    Name: 'live',
    FunctionVersion: '$LATEST',
    RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } },
  }
  expect(await bodyOf(sandbox, 'POST', '/2015-03-31/functions/shop/aliases', alias)).toEqual({
    message: '$LATEST is not supported for an alias pointing to more than 1 version',
  })
  const negative = { ReservedConcurrentExecutions: -1 }
  expect(await bodyOf(sandbox, 'PUT', '/2017-10-31/functions/shop/concurrency', negative)).toEqual({
    message:
      "1 validation error detected: Value '-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
  })
})

test('a runtime past its end is refused in the words of AWS', async () => {
  const { client } = await startLambda()
  const create = (Runtime: string) =>
    client.send(new CreateFunctionCommand(functionInput('shop', { Runtime: Runtime as 'provided' })))
  for (const ended of ['java8', 'go1.x', 'provided', 'ruby2.7', 'nodejs14.x', 'python3.7', 'dotnetcore3.1']) {
    await expect(create(ended)).rejects.toMatchObject(
      fault(
        'InvalidParameterValueException',
        400,
        `The runtime parameter of ${ended} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
      ),
    )
  }
})

test('a function by the ARN that its creation with Publish answered is the function itself', async () => {
  const { client } = await startLambda()
  const { FunctionArn, Version } = await client.send(
    new CreateFunctionCommand(functionInput('shop', { Publish: true })),
  )
  expect({ FunctionArn, Version }).toEqual({ FunctionArn: arnOf('shop'), Version: '1' })
  await client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: FunctionArn, ReservedConcurrentExecutions: 1 }),
  )
  const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: FunctionArn }))
  expect(found.Version).toBe('$LATEST')
})
