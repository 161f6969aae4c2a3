import { readFileSync } from 'node:fs'
import type { LambdaClient } from '@aws-sdk/client-lambda'
import type { S3Client } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { account, region } from '../sandbox.ts'

/** An error that AWS answered, from LocalStack's recordings of AWS (Apache-2.0). */
export interface RecordedError {
  code: string
  status: number
  /** With `<name>` in place of the parts that differ from run to run. */
  message: string
}

/** The values of the placeholders that only a scenario knows. */
type Placeholders = Readonly<Record<string, string>>

/** The things that a scenario works with. */
export interface Stage {
  client: LambdaClient
  s3: S3Client
  /** The name of a function of the scenario's own; the scenario creates it if it needs it. */
  name: string
  /** Expects the next recorded error for the answer. */
  refused: (answer: Promise<unknown>, placeholders?: Placeholders) => Promise<void>
  /** Passes over the next recorded error: the sandbox takes this call, and its README says so. */
  taken: (answer: Promise<unknown>) => Promise<void>
}

/** Makes the calls of one recorded test, in its order. */
export type Scenario = (stage: Stage) => Promise<void>

/** Scenarios by the recorded test that they replay. */
export type Scenarios = Readonly<Record<string, Scenario>>

/** Longer texts are cut in the recording. */
const longestText = 500
/** The words of the SDK for an error whose text is null; botocore, which made the recording, has None. */
const noText = 'UnknownError'

/** The recorded errors by the test that met them, in the order of its calls. */
export function recordedErrors(): Map<string, RecordedError[]> {
  const [, ...lines] = readFileSync(new URL('./errors.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map((line) => line.split('\t'))
  return new Map(
    Object.entries(Object.groupBy(rows, ([test = '']) => test)).map(([test, found = []]) => [
      test,
      found.map(([, , code = '', status, message = '']) => ({ code, status: Number(status), message })),
    ]),
  )
}

/** Runs a scenario, and expects its recorded errors: each of them, in this order. */
export async function replay(
  scenario: Scenario,
  expected: readonly RecordedError[],
  stage: Omit<Stage, 'refused' | 'taken'>,
): Promise<void> {
  const left = [...expected]
  const next = () => {
    const found = left.shift()
    if (found) return found
    throw new Error('The scenario makes more calls than were recorded.')
  }
  await scenario({
    ...stage,
    async refused(answer, placeholders) {
      const recorded = next()
      const error = await errorOf(answer)
      const wanted = filledIn(recorded, stage.name, placeholders)
      if (recorded.message.length === longestText)
        error.message = error.message.slice(0, wanted.message.length)
      expect(error).toEqual(wanted)
    },
    async taken(answer) {
      next()
      await answer
    },
  })
  expect(left).toEqual([])
}

async function errorOf(answer: Promise<unknown>): Promise<RecordedError> {
  const error = await answer.then(
    () => ({ name: 'none', message: 'the call went through', $metadata: { httpStatusCode: 200 } }),
    (thrown: unknown) => thrown as Error & { $metadata: { httpStatusCode: number } },
  )
  return { code: error.name, status: error.$metadata.httpStatusCode, message: error.message }
}

function filledIn(recorded: RecordedError, name: string, given: Placeholders = {}): RecordedError {
  if (recorded.message === 'None') return { ...recorded, message: noText }
  const values: Placeholders = { partition: 'aws', region, ...given }
  const message = recorded.message
    .replaceAll('111111111111', account)
    .replaceAll(/<([\w-]+)(?::\d+)?>/g, (placeholder: string, key: string) => {
      const isName = /^(?:nonexisting-)?(?:function|fn)-name$/.test(key)
      return values[key] ?? (isName ? name : placeholder)
    })
  return { ...recorded, message }
}
