import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { runTo } from '../cli/cli.ts'
import { clientSettings, useSandbox } from '../cli/sandbox.ts'
import { answering, writeFiles } from '../cli/service.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { terraformFolder, whyNoTerraform } from './terraform/terraform-folder.ts'

const sandbox = useSandbox()
const Bucket = 'terraform-artefacts'
const prelude = readFileSync(join(import.meta.dirname, '../beside/terraform/beside/prelude.tf'), 'utf8')
const images = ['a', 'b'].map(
  (digit) => `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${digit.repeat(64)}`,
)

/** A function of each kind of code, with what docs/beside-iac/terraform.md says of it, and its alias. */
const functions = {
  stored: {
    code: `s3_bucket = "${Bucket}"
  s3_key = "pay.zip"
  s3_object_version = var.object_version
  source_code_hash = filebase64sha256("pay.zip")
  runtime = "nodejs22.x"
  handler = "index.handler"`,
    ignored: 's3_bucket, s3_key, s3_object_version, source_code_hash',
  },
  pictured: {
    code: `package_type = "Image"
  image_uri = "${images[0]}"`,
    ignored: 'image_uri',
  },
  arm: {
    code: `filename = "pay.zip"
  source_code_hash = filebase64sha256("pay.zip")
  architectures = [var.architecture]
  runtime = "nodejs22.x"
  handler = "index.handler"`,
    ignored: 'filename, source_code_hash',
  },
}

const blocks = Object.entries(functions).map(
  ([name, { code, ignored }]) => `resource "aws_lambda_function" "${name}" {
  function_name = "code-${name}"
  role = aws_iam_role.shop.arn
  publish = true
  memory_size = var.memory
  ${code}
  lifecycle {
    ignore_changes = [${ignored}]
  }
}
resource "aws_lambda_alias" "${name}" {
  name = "live"
  function_name = aws_lambda_function.${name}.function_name
  function_version = "1"
  lifecycle {
    ignore_changes = [function_version, routing_config, description]
  }
}`,
)
const variables = 'variable "object_version" {}\nvariable "architecture" { default = "arm64" }\n'

test.skipIf(whyNoTerraform !== undefined)(
  'code in S3, an image and another architecture are taken on, released and left alone by the next plan',
  async () => {
    const { put } = await versionedBucket()
    const values = { object_version: await put('one') }
    await using terraform = await terraformFolder(sandbox().url, {
      'main.tf': [prelude, variables, ...blocks].join('\n'),
      'pay.zip': packed('one'),
    })
    await terraform.apply(values)
    await writeFiles(terraform.path, { 'terraform.json': await terraform.show() })
    const place = sandbox().place({ folder: terraform.path }, { AWS_REGION: 'us-east-1' })
    const before = await settingsOfAll()

    const init = await runTo(0, ['init', '--from', 'terraform.json', '--env', 'prod'], place)
    expect(init.stderr).not.toContain('may have other code')
    const written = readFileSync(join(terraform.path, 'lambdactl.yaml'), 'utf8')
    expect(written).toContain(`
  code-arm:
    name: code-arm
    source: pay.zip
  code-pictured:
    name: code-pictured
  code-stored:
    name: code-stored
    source: s3://${Bucket}/pay.zip?versionId=${values.object_version}
`)
    const deploy = ['deploy', '--env', 'prod']
    const unchanged = await runTo(0, deploy, place)
    expect(unchanged.stdout.match(/nothing to deploy, live is on version 1/g)).toHaveLength(3)

    const next = await put('two')
    await writeFiles(terraform.path, {
      'two.zip': packed('two'),
      'lambdactl.yaml': written
        .replace(values.object_version, next)
        .replace('source: pay.zip', 'source: two.zip')
        .replace('name: code-pictured', `name: code-pictured\n    image: ${images[1]}`),
    })
    await runTo(0, deploy, place)
    for (const name of Object.keys(functions)) await sandbox().expectAlias(`code-${name}`, '2')
    expect(await settingsOfAll()).toEqual(before)
    expect(await terraform.plan(values)).toBeUndefined()

    // The provider then uploads its own code, and the alias stays on the released one.
    await terraform.apply({ ...values, architecture: 'x86_64' })
    await sandbox().expectAlias('code-arm', '2')
    const told = await runTo(0, ['deploy', 'code-arm', '--env', 'prod'], place)
    expect(told.stderr).toContain('architecture arm64 → x86_64')
    await runTo(0, ['rollback', 'code-arm', '--env', 'prod'], place)
    await sandbox().expectAlias('code-arm', '2')
  },
  240_000,
)

/** All that Terraform set, and no code. */
async function settingsOfAll() {
  const own = ['CodeSha256', 'CodeSize', 'LastModified', 'RevisionId']
  const all = Object.keys(functions).map(async (name) => {
    const input = new GetFunctionCommand({ FunctionName: `code-${name}` })
    const { Configuration = {}, Tags } = await sandbox().lambda.send(input)
    const kept = Object.entries(Configuration).filter(([field]) => !own.includes(field))
    return { ...Object.fromEntries(kept), Tags }
  })
  return Promise.all(all)
}

async function versionedBucket() {
  const s3 = new S3Client({ ...clientSettings(sandbox().url), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket }))
  const VersioningConfiguration = { Status: 'Enabled' as const }
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
  const put = async (text: string) => {
    const { VersionId = '' } = await s3.send(
      new PutObjectCommand({ Bucket, Key: 'pay.zip', Body: packed(text) }),
    )
    return VersionId
  }
  return { put }
}

function packed(text: string): Buffer {
  return Buffer.from(zipOf([{ name: 'index.mjs', content: answering(text) }]))
}
