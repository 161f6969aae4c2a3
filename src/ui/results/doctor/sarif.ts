import type { Examination } from '../../../workflows/doctor.ts'
import { type Checked, checkedIn, findingText } from './findings.ts'

/** A line of the configuration file. */
export interface FileLine {
  /** The path of the file, relative to the folder of the command. */
  file: string
  /** From 1 on. */
  line: number
}

/** The facts that a report has beside the findings. */
export interface Reported {
  version: string
  environment: string
  /** The line of a function's field in the file; of the function itself if the file lacks the field. */
  lineOf: (name: string | undefined, field: string | undefined) => FileLine
}

const levels = { pass: 'none', note: 'note', warn: 'warning', fail: 'error' } as const

/** All findings in SARIF 2.1.0, for code scanning; passed checks are among its rules only. */
export function sarifText(examination: Examination, { version, environment, lineOf }: Reported): string {
  const checked = checkedIn(examination)
  const rules = [...new Set(checked.map(({ title }) => title))].map((title) => ({
    id: ruleOf(title),
    shortDescription: { text: `doctor: ${title}` },
  }))
  const results = checked
    .filter(({ outcome }) => outcome !== 'pass')
    .map((check) => {
      const { file, line } = lineOf(check.function, check.field)
      return {
        ruleId: ruleOf(check.title),
        level: levels[check.outcome],
        message: { text: `${subjectOf(check)}${findingText(check)}` },
        locations: [
          { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } } },
        ],
        partialFingerprints: {
          'lambdactl/v1': [environment, check.function ?? '', ruleOf(check.title)].join('/'),
        },
      }
    })
  const driver = { name: 'lambdactl', version, rules }
  const runs = [{ tool: { driver }, results }]
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json'
  return JSON.stringify({ $schema, version: '2.1.0', runs }, undefined, 2)
}

function ruleOf(title: string): string {
  return title.replaceAll(/[^a-z0-9]+/g, '-')
}

function subjectOf({ function: name }: Checked): string {
  return name === undefined ? '' : `${name}: `
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
