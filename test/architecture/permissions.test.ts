import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
}

/** Nobody needs a permission for it. */
const free = 'GetCallerIdentity'

/** The actions of AWS with the caller's permissions, called by no operation of ours. */
const byAws = ['GetRepositoryPolicy', 'SetRepositoryPolicy', 'PassRole', 'Decrypt', 'GenerateDataKey']

/** The actions of all operations that the source names. */
function needed(): string[] {
  const named = sourceFiles(root, 'src/aws')
    .flatMap((file) => [...read(file).matchAll(/\b([A-Z]\w+)Command\b|\bpaginate([A-Z]\w+)/g)])
    .map(([, command, paged]) => command ?? paged ?? '')
    .filter((operation) => operation !== free)
  return [...new Set(named.map((operation) => actions[operation] ?? operation))].toSorted()
}

/** The actions that the documentation names; `Get/PutThing` is two. */
function documented(): string[] {
  const rows = read('README.md').split('\n## Permissions\n')[1]?.split('\n## ')[0] ?? ''
  const s3 =
    /Permissions: `s3:`(?<actions>.*?)\n\n/s.exec(read('docs/uploading.md'))?.groups?.['actions'] ?? ''
  const whole = /((?:[A-Z][a-z]+\/)*)([A-Z][a-z]+)((?:[A-Z][A-Za-z]+)?)/g
  const names = [...(rows + s3).matchAll(whole)]
    .filter(([, others, , rest]) => others !== '' || rest !== '')
    .flatMap(([, others = '', last = '', rest = '']) =>
      [...others.split('/').filter(Boolean), last].map((verb) => verb + rest),
    )
  return [...new Set(names)].filter((name) => !byAws.includes(name)).toSorted()
}

test('the documentation names the permission of each operation, and no other', () => {
  expect(needed()).toContain('UpdateAlias')
  expect(documented()).toEqual(needed())
})
