import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FoundFunction } from '../../../src/iac/found-function.ts'
import { readOutput } from '../../../src/iac/read-output.ts'
import { folder } from '../../packaging/folder.ts'

/** Made by Terraform 1.11 with version 5.100 of the AWS provider, from the `main.tf` beside them. */
const shop = join(import.meta.dirname, '../../beside/terraform/shop')

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop-prod-pay'

test("reads a state: each function with its aliases and its place, and with the tool's name", async () => {
  const { tool, functions, left } = await readOutput(join(shop, 'state.json'), 'state.json')
  expect({ tool, left }).toEqual({ tool: 'Terraform', left: [] })
  const place = { region: 'eu-west-1', account: '000000000000' }
  expect(functions.map(({ left: _, toAlias: __, ...fn }) => fn)).toEqual([
    { logicalId: 'aws_lambda_function.pay', lambdaName: 'shop-prod-pay', ...place, aliases: ['live'] },
    {
      logicalId: 'module.mail.aws_lambda_function.this[0]',
      lambdaName: 'shop-prod-mail',
      ...place,
      aliases: [],
    },
  ])
})

test('reads a plan of what is not made yet, as far as it is known before the apply', async () => {
  const { functions } = await readOutput(join(shop, 'plan.json'), 'plan.json')
  expect(functions.map(({ left: _, toAlias: __, ...fn }) => fn)).toEqual([
    { logicalId: 'aws_lambda_function.pay', lambdaName: 'shop-prod-pay', aliases: ['live'] },
    { logicalId: 'module.mail.aws_lambda_function.this[0]', lambdaName: 'shop-prod-mail', aliases: [] },
  ])
})

test('takes the Region of a planned function from its provider: by a variable, an alias, and through modules', async () => {
  const plan = join(shop, '../regions/plan.json')
  const { functions } = await readOutput(plan, 'plan.json')
  expect(functions.map(({ logicalId, region }) => [logicalId, region])).toEqual([
    ['aws_lambda_function.pay', 'eu-central-1'],
    ['aws_lambda_function.west', 'us-west-2'],
    ['module.m["a"].aws_lambda_function.this', 'us-west-2'],
    ['module.m["b"].aws_lambda_function.this', 'us-west-2'],
    ['module.n.aws_lambda_function.this', 'eu-central-1'],
  ])
})

test('says what to change in Terraform, with the names of its resources', async () => {
  const { functions } = await readOutput(join(shop, 'state.json'), 'state.json')
  expect(functions.flatMap(advice)).toEqual([
    "aws_lambda_function.pay: a change of its code would put Terraform's code back; add lifecycle { ignore_changes = [filename, source_code_hash] }",
    'aws_lambda_function.pay: each apply that changes it publishes a version; set publish = false',
    'aws_lambda_alias.live: an apply would undo a release; add lifecycle { ignore_changes = [function_version, routing_config, description] }',
    "module.mail.aws_lambda_function.this[0]: a change of its code would put Terraform's code back; its module needs lifecycle { ignore_changes = [filename, source_code_hash] }",
  ])
})

test('puts each resource that goes past the alias on it, in the words of Terraform', async () => {
  const [fn] = (await readOutput(join(shop, 'state.json'), 'state.json')).functions
  expect(
    fn?.toAlias?.map(({ triggers, text }) => ({ triggers: triggers.map(({ what }) => what), text })),
  ).toEqual([
    {
      triggers: ['aws_lambda_event_source_mapping.orders', 'aws_lambda_permission.events'],
      text: `resource "aws_lambda_event_source_mapping" "orders" {
  function_name = aws_lambda_alias.live.arn
}
resource "aws_lambda_permission" "events" {
  qualifier = aws_lambda_alias.live.name
}`,
    },
  ])
  const [why] = fn?.toAlias?.map((each) => each.why) ?? []
  expect(why).toContain('So add it beside the old one, and remove the old one later')
  expect(why).not.toContain('Release once')
})

const callers = [
  { type: 'aws_cloudwatch_event_target', values: { arn } },
  {
    type: 'aws_scheduler_schedule',
    values: { target: [{ arn, role_arn: 'arn:aws:iam::000000000000:role/x' }] },
  },
  { type: 'aws_apigatewayv2_integration', values: { integration_uri: `invoke:${arn}/invocations` } },
  { type: 'aws_lambda_function_url', values: { function_name: 'shop-prod-pay', qualifier: '' } },
  { type: 'aws_lambda_event_source_mapping', values: { function_name: arn, function_arn: arn } },
]

test('knows each resource that goes past an alias by the value that it has; the alias may be of lambdactl', async () => {
  const [fn] = await functionsOf([pay(), ...callers])
  expect(fn?.toAlias?.[0]?.why).toMatch(/\$LATEST\. Release once before you apply the text: .* The text has/)
  expect(fn?.toAlias?.map(({ text }) => text)).toEqual([
    `resource "aws_cloudwatch_event_target" "it" {
  arn = "\${aws_lambda_function.it.arn}:live"
}
resource "aws_scheduler_schedule" "it" {
  target {
    arn = "\${aws_lambda_function.it.arn}:live"
  }
}
resource "aws_apigatewayv2_integration" "it" {
  integration_uri = replace(aws_lambda_function.it.invoke_arn, "/invocations", ":live/invocations")
}
resource "aws_lambda_function_url" "it" {
  qualifier = "live"
}
resource "aws_lambda_event_source_mapping" "it" {
  function_name = "\${aws_lambda_function.it.arn}:live"
}`,
  ])
})

test('in a module it names resources as that module does', async () => {
  const fn = { ...pay(), address: 'module.shop["a.b"].aws_lambda_function.this[0]' }
  const caller = {
    type: 'aws_cloudwatch_event_target',
    values: { arn },
    address: 'module.shop["a.b"].aws_cloudwatch_event_target.nightly["x"]',
  }
  const [found] = await functionsOf([fn, caller])
  expect(found?.toAlias?.[0]?.text).toBe(`# in module.shop["a.b"]
resource "aws_cloudwatch_event_target" "nightly" {
  arn = "\${aws_lambda_function.this[0].arn}:live"
}`)
})

test('leaves callers of an alias, and data sources, alone', async () => {
  const onAlias = [
    { type: 'aws_cloudwatch_event_target', values: { arn: `${arn}:live` } },
    { type: 'aws_lambda_function_url', values: { function_name: 'shop-prod-pay', qualifier: 'live' } },
    {
      type: 'aws_lambda_event_source_mapping',
      values: { function_name: `${arn}:live`, function_arn: `${arn}:live` },
    },
    { type: 'aws_iam_role_policy', values: { policy: `{"Resource": "${arn}"}` } },
    { type: 'aws_lambda_function', mode: 'data', values: { function_name: 'shop-prod-pay', arn } },
  ]
  const functions = await functionsOf([pay(), ...onAlias])
  expect(functions).toHaveLength(1)
  expect(functions[0]?.toAlias).toEqual([])
})

test('takes the code that Terraform gives it where Lambda has the same: a zip, a packed folder, or an object in S3', async () => {
  const same = { source_code_hash: 'a=', code_sha256: 'a=' }
  const zip = { filename: 'build/pay.zip', runtime: 'nodejs22.x', ...same }
  await using place = await folder({ 'build/pay.zip': '', 'src/pay/index.mjs': '' })
  const archive = {
    type: 'archive_file',
    mode: 'data',
    values: { source_dir: './src/pay', output_path: 'build/pay.zip' },
  }
  const [ofZip] = await functionsOf([pay(zip)], place.path)
  expect(ofZip?.source).toEqual({ path: join(place.path, 'build/pay.zip') })
  const [ofFolder] = await functionsOf([pay(zip), archive], place.path)
  expect(ofFolder).toMatchObject({ source: { path: join(place.path, 'src/pay') }, fields: { bundle: false } })
  const partial = { ...archive, values: { ...archive.values, excludes: ['.env'] } }
  const [ofPart] = await functionsOf([pay(zip), partial], place.path)
  expect(ofPart?.source).toEqual({ path: join(place.path, 'build/pay.zip') })
  const s3 = { s3_bucket: 'code', s3_key: 'pay.zip', s3_object_version: 'v1', ...same }
  const [ofObject] = await functionsOf([pay(s3)])
  expect(ofObject?.source).toEqual({ address: 's3://code/pay.zip?versionId=v1' })
  expect(advice(ofObject)[0]).toContain(
    'ignore_changes = [s3_bucket, s3_key, s3_object_version, source_code_hash]',
  )
})

test('takes no code that may be a placeholder, and names it', async () => {
  await using place = await folder({ 'placeholder.zip': '' })
  for (const hashes of [{ source_code_hash: 'a=', code_sha256: 'b=' }, { source_code_hash: '' }, {}]) {
    const [fn] = await functionsOf([pay({ filename: 'placeholder.zip', ...hashes })], place.path)
    expect(fn?.source).toBeUndefined()
    expect(advice(fn)[0]).toContain('Terraform gives it placeholder.zip, and Lambda may have other code')
  }
})

test("an image's code stays where it is", async () => {
  const [fn] = await functionsOf([pay({ package_type: 'Image', image_uri: 'shop:1' })])
  expect(fn?.source).toBeUndefined()
  expect(advice(fn)).toEqual([expect.stringContaining('ignore_changes = [image_uri]')])
})

test.each([
  [
    'terraform.tfstate',
    '{"version": 4, "lineage": "x", "serial": 1, "resources": []}',
    "Terraform's own state",
  ],
  ['main.tf', '', "Terraform's source"],
])('%s is named, with the command that makes the output', async (name, text, got) => {
  await using place = await folder({ [name]: text })
  await expect(readOutput(join(place.path, name), name)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${name}: expected the output of terraform show -json, got ${got}.`,
  })
})

test("knows a folder of Terraform's sources, and no other JSON", async () => {
  await using place = await folder({
    'infra/main.tf': '',
    'package.json': '{"name": "shop"}',
    'half.json': '{',
  })
  const infra = readOutput(join(place.path, 'infra'), 'infra')
  await expect(infra).rejects.toThrow("got a folder of Terraform's sources.")
  for (const name of ['package.json', 'half.json']) {
    await expect(readOutput(join(place.path, name), name)).rejects.toMatchObject({ code: 'USAGE' })
  }
})

test('knows the Region of a function by version 6 of the provider before it is made', async () => {
  const {
    arn: _,
    invoke_arn: __,
    ...planned
  } = pay({ region: 'eu-central-1' }).values as Record<string, unknown>
  const [fn] = await functionsOf([{ type: 'aws_lambda_function', values: planned }])
  expect(fn?.region).toBe('eu-central-1')
})

interface Written {
  address?: string
  type: string
  mode?: string
  values: object
}

function pay(values: object = {}): Written {
  const own = { function_name: 'shop-prod-pay', arn, invoke_arn: `invoke:${arn}/invocations` }
  return { type: 'aws_lambda_function', values: { ...own, ...values } }
}

/** The functions of a state with these resources, which lies in a folder. */
async function functionsOf(resources: readonly Written[], path?: string): Promise<readonly FoundFunction[]> {
  const written = resources.map(({ type, address = `${type}.it`, mode = 'managed', values }) => ({
    address,
    type,
    mode,
    values,
  }))
  const state = { format_version: '1.0', values: { root_module: { resources: written } } }
  await using place = await folder({})
  const file = join(path ?? place.path, 'terraform.json')
  await writeFile(file, JSON.stringify(state))
  return (await readOutput(file, 'terraform.json')).functions
}

function advice(fn: FoundFunction | undefined): string[] {
  return (fn?.left ?? []).map(({ what, why }) => `${what}: ${why}`)
}

test('reads thousands of functions without a walk over all resources for each', async () => {
  const ids = Array.from({ length: 6000 }, (_, id) => id)
  const arnOf = (id: number) => `${arn}-${id}`
  const resource = (type: string, id: number, values: object) => ({
    address: `${type}.this[${id}]`,
    mode: 'managed',
    type,
    values,
  })
  const resources = ids.flatMap((id) => [
    resource('aws_lambda_function', id, { function_name: `pay-${id}`, arn: arnOf(id) }),
    resource('aws_lambda_alias', id, { function_name: `pay-${id}`, name: 'live' }),
    resource('aws_sns_topic_subscription', id, { endpoint: arnOf(id), filter: { a: 'a', b: ['b', 'c'] } }),
  ])
  const text = JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } })
  await using made = await folder({ 'state.json': text })
  const { functions } = await readOutput(join(made.path, 'state.json'), 'state.json')
  expect(functions).toHaveLength(6000)
  for (const [id, { aliases, toAlias }] of functions.entries()) {
    if (aliases?.[0] !== 'live' || !toAlias?.[0]?.text.includes(`aws_lambda_alias.this[${id}].arn`))
      throw new Error(`function ${id} has other callers: ${JSON.stringify(toAlias)}`)
  }
})
