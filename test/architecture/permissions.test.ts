import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPermissionsTable } from '../../scripts/permissions-table.ts'
import { permissionTable } from '../../src/operation/permissions/table.ts'
import { sourceFiles } from './imports.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** IAM's names, where they are not those of the operations. */
const actions: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  GetLayerVersionByArn: 'GetLayerVersion',
  HeadObject: 'GetObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListParts: 'ListMultipartUploadParts',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetApi: 'GET',
  GetApis: 'GET',
  GetIntegrations: 'GET',
  GetRoutes: 'GET',
  CreateIntegration: 'POST',
  CreateRoute: 'POST',
  UpdateIntegration: 'PATCH',
  UpdateRoute: 'PATCH',
  DeleteIntegration: 'DELETE',
  DeleteRoute: 'DELETE',
}

/** Nobody needs a permission for it. */
const free = 'GetCallerIdentity'

/** The actions of AWS with the caller's permissions, called by no operation of ours. */
const byAws = [
  'CreateGrant',
  'DescribeSecurityGroups',
  'DescribeSubnets',
  'DescribeVpcs',
  'Encrypt',
  'CreateServiceLinkedRole',
  'GetRepositoryPolicy',
  'SetRepositoryPolicy',
  'PassRole',
  'Decrypt',
  'GenerateDataKey',
  'GetObjectVersion',
]

/** The actions of all operations that the source names. */
function needed(): string[] {
  const named = sourceFiles(root, 'src/aws')
    .flatMap((file) => [...read(file).matchAll(/\b([A-Z]\w+)Command\b|\bpaginate([A-Z]\w+)/g)])
    .map(([, command, paged]) => command ?? paged ?? '')
    .filter((operation) => operation !== free)
  return [...new Set(named.map((operation) => actions[operation] ?? operation))].toSorted()
}

/** The actions of the table, without their services. */
function listed(): string[] {
  const names = permissionTable.flatMap(({ actions: these }) => these)
  return [...new Set(names)].filter((name) => !byAws.includes(name)).toSorted()
}

test('the table of permissions has the actions of all operations, and no others', () => {
  expect(needed()).toContain('UpdateAlias')
  expect(listed()).toEqual(needed())
})

test('docs/permissions.md has the table: npm run generate writes it', () => {
  const page = read('docs/permissions.md')
  expect(withPermissionsTable(page)).toBe(page)
})

/** Commands that reach no AWS, or a sandbox alone. */
const local = /^(?:sandbox(?::.*)?|dev|schema|completion|help|trust|add|package|iam:policy|logs:tail)$/

test('each command that calls AWS has its permissions in the table', () => {
  const { commands } = JSON.parse(read('oclif.manifest.json')) as { commands: Record<string, object> }
  const reaching = Object.keys(commands).filter((id) => !local.test(id))
  const names = new Set(permissionTable.flatMap(({ verbs }) => verbs))
  expect([...names].toSorted()).toEqual(reaching.map((id) => id.replaceAll(':', ' ')).toSorted())
})
