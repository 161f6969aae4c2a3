import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { readSamTemplate } from '../../../src/iac/sources/sam/template.ts'
import { whyMissing } from '../../clients/programs.ts'

const isMissing = whyMissing('the SAM translator', ['python3', '-c', 'import samtranslator'])

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>

const path = join(import.meta.dirname, 'fixtures/template.yaml')
const template = readFileSync(path, 'utf8').replace(/\n {2}Child:[\s\S]*/, '\n')

/** The resources that SAM itself makes of templates, with their code in S3 as after `sam package`. */
function transformed(...templates: { text: string; code: string }[]): Resources[] {
  const script = join(import.meta.dirname, '../../clients/python/sam_transform.py')
  const env = { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1' }
  const stdout = execFileSync('python3', ['-B', script], {
    input: JSON.stringify(templates),
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return JSON.parse(stdout.toString()) as Resources[]
}

/** The template after a person pasted each text. */
function pasted(): string {
  const document = parseDocument(template, { logLevel: 'silent' })
  for (const { logicalId, toAlias = [] } of readSamTemplate({
    text: template,
    path,
    shownAs: 'template.yaml',
  })?.functions ?? []) {
    const [own] = toAlias
    const { Resources: resources } = parse(own?.text ?? '') as { Resources: Resources }
    for (const [name, value] of Object.entries(resources[logicalId]?.Properties ?? {}))
      document.setIn(['Resources', logicalId, 'Properties', name], value)
  }
  return document
    .toString()
    .replace('${Fast.Arn}', () => '${Fast.Alias}')
    .replace('!Ref Fast,', '!Ref Fast.Alias,')
}

/** The kinds of resources that refer to a function itself, without an alias as Qualifier. */
function reachLatest(resources: Resources): string[] {
  const found = Object.values(resources).filter(
    ({ Properties }) =>
      Properties?.['Qualifier'] === undefined &&
      /"Ref": ?"(Pay|Report|Fast)"|"Fn::GetAtt": ?\["(Pay|Report|Fast)"|\$\{(Pay|Report|Fast)(\.Arn)?\}/.test(
        JSON.stringify(Properties ?? {}),
      ),
  )
  return Array.from(new Set(found.map(({ Type }) => Type))).toSorted()
}

function namesOf(resources: Resources = {}, type: string): string[] {
  return Object.keys(resources)
    .filter((name) => resources[name]?.Type === type)
    .toSorted()
}

test('the page has the text that is printed', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/beside-iac/sources.md'), 'utf8')
  const [pay] = readSamTemplate({ text: template, path, shownAs: 'template.yaml' })?.functions ?? []
  expect(page).toContain(`\`\`\`yaml\n${pay?.toAlias?.[0]?.text}\n\`\`\``)
})

test.skipIf(isMissing !== undefined)(
  'by the printed text SAM points every trigger at an alias, and never makes a second version',
  () => {
    const changed = pasted().replace('Default: 512', 'Default: 1024').replace('LEVEL: info', 'LEVEL: warn')
    const [one, two] = ['s3://code/one.zip', 's3://code/two.zip'] as const
    const [before = {}, after, first = {}, second = {}] = transformed(
      { text: template, code: one },
      { text: template, code: two },
      { text: pasted(), code: one },
      { text: changed, code: two },
    )
    const versions = 'AWS::Lambda::Version'
    expect(reachLatest(before)).toContain('AWS::Lambda::EventSourceMapping')
    expect(namesOf(after, versions)).not.toEqual(namesOf(before, versions))

    expect(reachLatest(first)).toEqual(['AWS::Lambda::Alias', versions])
    const aliases = ['FastAliaslive', 'PayAliaslive', 'ReportAliasprod']
    expect(namesOf(first, 'AWS::Lambda::Alias')).toEqual(aliases)
    expect(namesOf(second, versions)).toEqual(namesOf(first, versions))
    for (const name of aliases) expect(second[name]).toEqual(first[name])
  },
)
