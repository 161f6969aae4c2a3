import { join } from 'node:path'
import { AddPermissionCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { Examination } from '../../../src/workflows/doctor.ts'
import { ForeignFunction } from '../adopted.ts'
import { type Place, run, runTo } from '../cli.ts'
import { startProxy } from '../proxy.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'

const sandbox = useSandbox()

interface World {
  place: Place
  made: ForeignFunction
}

/** A function with these tags, and a file that names it. */
async function world(
  name: string,
  tags: Record<string, string>,
  fields: string,
  more = 'alias: live',
): Promise<World> {
  const made = await new ForeignFunction(sandbox(), name).create(
    [{ name: 'index.mjs', content: answering('placeholder') }],
    { Tags: tags },
  )
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'lambdactl.yaml': `service: shop
functions:
  checkout: {name: ${name}, source: checkout, ${fields}, release: {steps: [50]}}
environments:
  prod: {region: eu-west-1, ${more}}
`,
    'checkout/index.mjs': answering('one'),
  })
  return { place: sandbox().place({ folder }), made }
}

test('tells whose function it is, and gives the lines for its tool and for lambdactl.yaml', async () => {
  const { place } = await world(
    'terraformed',
    { ManagedBy: 'terraform' },
    'runtime: nodejs24.x, handler: index.handler, memory: 512',
  )
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod'], place)
  expect(
    stdout
      .replace(sandbox().url, 'URL')
      .replace(process.versions.node, 'VERSION')
      .replace(/all \d+ commands/, 'all COUNT commands'),
  ).toMatchInlineSnapshot(`
    "  pass  node: VERSION, with security fixes until 2028-04-30
      pass  region: eu-west-1 at URL
      pass  credentials: arn:aws:iam::000000000000:user/sandbox in the account 000000000000
      pass  clock: it agrees with AWS's within 5 s
      pass  code storage: 0.0 of 80.5 GB used (0%)
      pass  allowed commands: arn:aws:iam::000000000000:user/sandbox may make the calls of all COUNT commands
    checkout (terraformed)
      pass  function: ready, nodejs24.x
      pass  owner: made by Terraform (tag ManagedBy)
      warn  manages: lambdactl.yaml manages the whole function, which Terraform makes
            A release resets the settings that lambdactl.yaml does not have, and the next change by Terraform takes them back.
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      manages: code
            → Then remove the fields that Terraform sets, or keep them for other environments: memory
      note  other tool: Terraform must publish no version of it, and leave live where a release puts it (docs/beside-iac/terraform.md)
            If not, its next apply puts back the code, moves live past all gates and clears the release's record.
            → In the aws_lambda_function with function_name = "terraformed", without publish = true:
              resource "aws_lambda_function" "checkout" { # a guess: write your resource's name, or see doctor --terraform
                lifecycle {
                  ignore_changes = [
                    filename,
                    s3_bucket,
                    s3_key,
                    s3_object_version,
                    source_code_hash,
                  ]
                }
              }
            → In the aws_lambda_alias with name = "live", if there is one:
              resource "aws_lambda_alias" "live" { # a guess: write your resource's name, or see doctor --terraform
                lifecycle {
                  ignore_changes = [
                    function_version,
                    routing_config,
                    description,
                  ]
                }
              }
            → To see after a release that Terraform would change nothing:
              terraform plan -detailed-exitcode
      note  alias: live is not there yet; the next deploy makes it
      pass  versions: none published yet
      pass  paused: no event source mapping
      pass  callers: none configured
      warn  alarms: no alarm gates its releases
            A release needs --breakglass, and no alarm can roll it back.
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      alarms: true
                      release:
                        alarms:
                          - errors
            → Make the alarms of the file:
              lambdactl alarms ensure checkout --env prod
      warn  time-out: 3 s is Lambda's default, which nobody has chosen
            A slow answer of another service ends the invocation half-way.
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      timeout: 10s
            → Then:
              lambdactl deploy checkout --env prod
      pass  visibility: no queue of its mappings
      pass  failed events: no service of its policy invokes it asynchronously
      pass  partial batches: no queue or stream of its mappings
      pass  stream retries: no stream of its mappings
      pass  concurrency: nothing is reserved: it shares the rest of the account
      note  log retention: /aws/lambda/terraformed is not there yet; Lambda makes it with the first line, and keeps its events for ever
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      logs:
                        retention: 30d
            → Then:
              lambdactl deploy checkout --env prod
      note  memory: not checked: no request with 128 MB in the last 24 h
      note  role: not checked: IAM has no role arn:aws:iam::000000000000:role/legacy
      pass  runtime: AWS patches nodejs24.x until 2028-04-30 (its table of 2026-08-15)
      pass  variables: none looks like a secret
      note  log format: plain text: lines have no level, and can be searched only as text
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      logs:
                        format: json
            → Then:
              lambdactl deploy checkout --env prod
      note  tracing: not active: X-Ray shows only requests that a caller traces. The role needs xray:PutTraceSegments
            → In lambdactl.yaml:
              environments:
                prod:
                  functions:
                    checkout:
                      tracing: active
            → Then:
              lambdactl deploy checkout --env prod
    0 failures, 3 warnings
    "
  `)
  const failed = await run(['doctor', '--env', 'prod', '--fail-on', 'warning'], place)
  expect(failed.exitCode).toBe(6)
})

test('in JSON: callers past the alias, the policy, and a missing function with its exit code', async () => {
  const { place, made } = await world('stacked', { 'lambda:createdBy': 'SAM' }, 'manages: code')
  const grant = { StatementId: 'photos', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }
  await sandbox().lambda.send(new AddPermissionCommand({ FunctionName: made.name, ...grant }))
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod', '--json'], place)
  const { checks, functions } = JSON.parse(stdout) as Examination
  expect(checks.map(({ title, outcome }) => `${outcome} ${title}`)).toEqual([
    'pass node',
    'pass region',
    'pass credentials',
    'pass clock',
    'pass code storage',
    'pass allowed commands',
    'note permissions',
  ])
  expect(functions[0]?.checks.map(({ title, outcome }) => `${outcome} ${title}`)).toEqual([
    'pass function',
    'pass owner',
    'pass manages',
    'note other tool',
    'note alias',
    'pass versions',
    'pass paused',
    'warn callers',
    'warn alarms',
    'pass time-out',
    'pass visibility',
    'warn failed events',
    'pass partial batches',
    'pass stream retries',
    'pass concurrency',
    'note log retention',
    'note memory',
    'note role',
    'pass runtime',
    'pass variables',
    'note log format',
    'note tracing',
  ])
  expect(functions[0]?.checks.find(({ title }) => title === 'callers')?.why).toContain(
    'a release stops here, except the first one',
  )
  expect(checks.at(-1)?.mends?.[0]?.text).toContain(
    '"arn:aws:lambda:eu-west-1:000000000000:function:stacked:*"',
  )
  await sandbox().lambda.send(new DeleteFunctionCommand({ FunctionName: made.name }))
  const gone = await run(['doctor', '--env', 'prod', '--json'], place)
  expect(gone.exitCode).toBe(4)
})

test('credentials of another account are a finding, with exit code 3', async () => {
  const { place } = await world('elsewhere', {}, 'manages: code', 'account: "111111111111"')
  const { exitCode, stdout } = await run(['doctor', '--env', 'prod'], place)
  expect(stdout).toContain('fail  credentials: The environment prod is in the account 111111111111')
  expect(exitCode).toBe(3)
})

test('a call that AWS refuses is a finding, and the other checks go on', async () => {
  const { place, made } = await world('guarded', {}, 'manages: code')
  const refused = {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    body: '{"Message": "User is not authorized to perform: lambda:GetPolicy"}',
  }
  const proxy = await startProxy(sandbox().url, (_, { url = '' }) =>
    url.includes('/policy') ? refused : 'passes',
  )
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod'], {
    ...place,
    env: { ...place.env, AWS_ENDPOINT_URL: proxy.url },
  })
  expect(stdout).toMatch(
    new RegExp(`warn  callers: .*read the resource policy of ${made.name}.*lambda:GetPolicy`),
  )
  expect(stdout).toContain('pass  versions: none published yet')
})

test("with terraform show -json the lines for Terraform have the resources' own names", async () => {
  const { place } = await world('shop-prod-pay', { ManagedBy: 'terraform' }, 'manages: code')
  const state = join(import.meta.dirname, '../../beside/terraform/shop/state.json')
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod', '--terraform', state], place)
  expect(stdout).toContain('In aws_lambda_function.pay, without publish = true:')
  expect(stdout).toContain('resource "aws_lambda_function" "pay" {\n')
  expect(stdout).toContain('In aws_lambda_alias.live:')
  expect(stdout).not.toContain('a guess')
  const other = await run(['doctor', '--env', 'prod', '--terraform', 'lambdactl.yaml'], place)
  expect(other.exitCode).toBe(2)
})

test('a function of Pulumi gets the options for its program', async () => {
  const { place } = await world('pulumied', { ManagedBy: 'pulumi' }, 'manages: code')
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod'], place)
  expect(stdout).toContain("{ ignoreChanges: ['functionVersion', 'routingConfig', 'description'] }")
  expect(stdout).toContain('(docs/beside-iac/pulumi.md)')
})
