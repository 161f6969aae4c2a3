/**
 * Writes the versions that `sandbox install-sdk` brings: the newest ones of npm and of pip's index, with their hashes.
 * Needs npm and python3 with pip.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The packages of the AWS SDK that handlers use most. Lambda's Node.js has those of all services, which are far too many
 * to bring.
 */
const packages = [
  'client-api-gateway',
  'client-apigatewaymanagementapi',
  'client-appconfigdata',
  'client-athena',
  'client-bedrock-runtime',
  'client-cloudformation',
  'client-cloudfront',
  'client-cloudwatch',
  'client-cloudwatch-logs',
  'client-cognito-identity-provider',
  'client-dynamodb',
  'client-ecs',
  'client-eventbridge',
  'client-firehose',
  'client-iam',
  'client-kinesis',
  'client-kms',
  'client-lambda',
  'client-rds-data',
  'client-s3',
  'client-scheduler',
  'client-secrets-manager',
  'client-ses',
  'client-sesv2',
  'client-sfn',
  'client-sns',
  'client-sqs',
  'client-ssm',
  'client-sts',
  'credential-providers',
  'lib-dynamodb',
  'lib-storage',
  's3-presigned-post',
  's3-request-presigner',
  'util-dynamodb',
].map((name) => `@aws-sdk/${name}`)

interface Report {
  install: {
    metadata: { name: string; version: string }
    download_info: { archive_info: { hashes: { sha256: string } } }
  }[]
}

const place = join(import.meta.dirname, '..', 'src/packaging/runtime-sdk')
const folder = mkdtempSync(join(tmpdir(), 'lambdactl-sdk-'))
const run = (file: string, ...args: string[]) =>
  execFileSync(file, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
try {
  writeFileSync(join(folder, 'package.json'), '{"name": "runtime-sdk", "private": true}\n')
  run('npm', 'install', '--package-lock-only', '--save-exact', ...packages)
  writeFileSync(join(place, 'nodejs-lock.json'), readFileSync(join(folder, 'package-lock.json')))
  const wheels = ['--only-binary', ':all:', '--ignore-installed', '--dry-run', '--quiet']
  run('python3', '-m', 'pip', 'install', ...wheels, '--report', 'report.json', 'boto3')
  const { install } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report
  const pinned = install.map(({ metadata, download_info: { archive_info } }) => [
    metadata.name,
    { version: metadata.version, sha256: archive_info.hashes.sha256 },
  ])
  writeFileSync(
    join(place, 'python-lock.json'),
    `${JSON.stringify(Object.fromEntries(pinned), undefined, 2)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
