import { execFileSync } from 'node:child_process'
import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, onTestFinished, test } from 'vitest'
import { zipOf } from '../lambda/zip.ts'
import { clientSettings } from '../serve.ts'
import { invoke, publishFirst, type RunningSandbox, runSandbox } from './running-sandbox.ts'

/** Clients of the other services, and a bucket, a parameter and a secret for functions. */
async function withStores({ sandbox }: RunningSandbox) {
  const settings = clientSettings(sandbox.url)
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  const [ssm, secrets] = [new SSMClient(settings), new SecretsManagerClient(settings)]
  onTestFinished(() => {
    for (const client of [s3, ssm, secrets]) client.destroy()
  })
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await s3.send(new CreateBucketCommand({ Bucket: 'orders', CreateBucketConfiguration }))
  await ssm.send(new PutParameterCommand({ Name: '/shop/rate', Value: '19', Type: 'String' }))
  await secrets.send(new CreateSecretCommand({ Name: 'shop/key', SecretString: 'sesame' }))
  return async (Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket: 'orders', Key }))).Body?.transformToString()
}

const caller = 'arn:aws:sts::000000000000:assumed-role/app/'

const stores = `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'
import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm'
export const put = (Key, Body) => new S3Client().send(new PutObjectCommand({ Bucket: 'orders', Key, Body }))
export const rate = async () => (await new SSMClient().send(new GetParameterCommand({ Name: '/shop/rate' }))).Parameter.Value
`

const node = `import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { put, rate } from 'stores'
export const handler = async () => {
  await put('node.txt', 'of Node.js')
  const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: 'shop/key' }))
  const { Arn } = await new STSClient().send(new GetCallerIdentityCommand({}))
  return [await rate(), secret.SecretString, Arn]
}
`

test("a Node.js function and its layer call AWS with the runtime's SDK, in its role, and reach the sandbox", async () => {
  const running = await runSandbox()
  const read = await withStores(running)
  const files = [
    { name: 'nodejs/node_modules/stores/index.js', content: stores },
    { name: 'nodejs/node_modules/stores/package.json', content: '{"type": "module", "main": "index.js"}' },
  ]
  const layer = new PublishLayerVersionCommand({ LayerName: 'stores', Content: { ZipFile: zipOf(files) } })
  const { LayerVersionArn = '' } = await running.lambda.send(layer)
  const input = { Layers: [LayerVersionArn], Timeout: 30, MemorySize: 512 }
  await publishFirst(running, 'node', [{ name: 'index.mjs', content: node }], input)
  expect(await invoke(running, 'node', '1')).toMatchObject({
    error: undefined,
    payload: ['19', 'sesame', `${caller}node`],
  })
  expect(await read('node.txt')).toBe('of Node.js')
})

const python = `import boto3
def handler(event, context):
    boto3.client('s3').put_object(Bucket='orders', Key='python.txt', Body=b'of Python')
    rate = boto3.client('ssm').get_parameter(Name='/shop/rate')['Parameter']['Value']
    secret = boto3.client('secretsmanager').get_secret_value(SecretId='shop/key')['SecretString']
    return [rate, secret, boto3.client('sts').get_caller_identity()['Arn']]
`

function hasBoto3(): boolean {
  try {
    execFileSync('python3', ['-c', 'import boto3'], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write("Skipped: this machine's python3 has no boto3.\n")
    return false
  }
}

test.runIf(hasBoto3())('so does a Python function with boto3', async () => {
  const running = await runSandbox()
  const read = await withStores(running)
  const input = { Runtime: 'python3.13', Timeout: 30, MemorySize: 512 } as const
  await publishFirst(running, 'python', [{ name: 'index.py', content: python }], input)
  expect(await invoke(running, 'python', '1')).toMatchObject({
    error: undefined,
    payload: ['19', 'sesame', `${caller}python`],
  })
  expect(await read('python.txt')).toBe('of Python')
})
