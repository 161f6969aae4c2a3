import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { junitText } from '../../../src/ui/results/doctor/junit.ts'
import { sarifText } from '../../../src/ui/results/doctor/sarif.ts'
import type { Examination } from '../../../src/workflows/doctor.ts'

const examination: Examination = {
  checks: [{ title: 'region', outcome: 'pass', detail: 'eu-west-1' }],
  functions: [
    {
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      checks: [
        {
          title: 'log retention',
          outcome: 'warn',
          detail: 'a <group> keeps "all" & more\u0007',
          field: 'logs.retention',
          mends: [{ where: 'Then', language: 'sh', text: 'lambdactl deploy' }],
        },
        { title: 'runtime', outcome: 'note', detail: 'not checked: an image' },
        { title: 'function', outcome: 'fail', detail: 'it is missing' },
      ],
    },
  ],
}

test('SARIF has a result with a line for each finding, and a rule for each check', () => {
  const lineOf = (name: string | undefined, field: string | undefined) => ({
    file: 'my conf/lambdactl.yaml',
    line: name === 'checkout' && field === 'logs.retention' ? 7 : 1,
  })
  const text = sarifText(examination, { version: '1.0.0', environment: 'prod', lineOf })
  const log = JSON.parse(text) as { version: string; runs: { results: unknown[]; tool: unknown }[] }
  expect(log.version).toBe('2.1.0')
  expect(log.runs[0]?.tool).toMatchObject({
    driver: {
      name: 'lambdactl',
      rules: [{ id: 'region' }, { id: 'log-retention' }, { id: 'runtime' }, { id: 'function' }],
    },
  })
  expect(log.runs[0]?.results).toMatchObject([
    {
      ruleId: 'log-retention',
      level: 'warning',
      message: { text: 'checkout: a <group> keeps "all" & more\u0007\n→ Then:\nlambdactl deploy' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'my%20conf/lambdactl.yaml' },
            region: { startLine: 7 },
          },
        },
      ],
      partialFingerprints: { 'lambdactl/v1': 'prod/checkout/log-retention' },
    },
    { ruleId: 'runtime', level: 'note' },
    { ruleId: 'function', level: 'error' },
  ])
})

test('JUnit counts as failures what the command counts, and skips what was not checked', () => {
  expect(junitText(examination, ['fail', 'warn'])).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="lambdactl doctor">
      <testsuite name="machine" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="doctor.machine" name="region"/>
      </testsuite>
      <testsuite name="checkout" tests="3" failures="2" errors="0" skipped="1">
        <testcase classname="doctor.checkout" name="log retention"><failure type="warn" message="a &lt;group&gt; keeps &quot;all&quot; &amp; more">a &lt;group&gt; keeps &quot;all&quot; &amp; more
    → Then:
    lambdactl deploy</failure></testcase>
        <testcase classname="doctor.checkout" name="runtime"><skipped>not checked: an image</skipped></testcase>
        <testcase classname="doctor.checkout" name="function"><failure type="fail" message="it is missing">it is missing</failure></testcase>
      </testsuite>
    </testsuites>"
  `)
  expect(junitText(examination, ['fail'])).toContain('tests="3" failures="1" errors="0" skipped="1"')
})

const schema = (name: string) => readFile(join(import.meta.dirname, 'schemas', name), 'utf8')
/** Line breaks, characters of XML and of paths, and a finding of the machine. */
const hostile: Examination = {
  ...examination,
  checks: [
    { title: 'region', outcome: 'fail', detail: 'ééé \u0000 ]]> &amp;', code: 'USAGE' },
    { title: 'permissions', outcome: 'note', detail: 'a policy' },
  ],
}

test.each([
  ['some findings', examination],
  ['hostile texts', hostile],
  ['nothing', { checks: [], functions: [] }],
])('the reports of %s are valid by the schemas of SARIF 2.1.0 and JUnit', async (_, examined) => {
  const lineOf = () => ({ file: 'my conf/lambdactl.yaml', line: 1 })
  const sarif = sarifText(examined, { version: '1.0.0', environment: 'prod', lineOf })
  const ofSarif = JSON.parse(await schema('sarif-2.1.0-rtm.5.json')) as Schema
  expect(new Validator(ofSarif, '4', false).validate(JSON.parse(sarif)).errors).toEqual([])
  const junit = { fileName: 'doctor.xml', contents: junitText(examined, ['fail', 'warn']) }
  const ofJunit = { fileName: 'junit.xsd', contents: await schema('junit-4.xsd') }
  expect((await validateXML({ xml: [junit], schema: [ofJunit] })).errors).toEqual([])
})

test('the schemas refuse what they do not have', async () => {
  const ofSarif = new Validator(JSON.parse(await schema('sarif-2.1.0-rtm.5.json')) as Schema, '4')
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'warn' }] }] }
  expect(ofSarif.validate(log).valid).toBe(false)
  const junit = { fileName: 'doctor.xml', contents: '<testsuites><testsuite name="x"/></testsuites>' }
  const ofJunit = { fileName: 'junit.xsd', contents: await schema('junit-4.xsd') }
  expect((await validateXML({ xml: [junit], schema: [ofJunit] })).valid).toBe(false)
})
