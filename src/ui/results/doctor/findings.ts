import type { Diagnosis, Examination } from '../../../workflows/doctor.ts'

/** A check with the function that it is about. */
export interface Checked extends Diagnosis {
  /** The name in lambdactl.yaml; undefined for the machine and the account. */
  function: string | undefined
}

/** All checks of an examination, those of the machine first. */
export function checkedIn({ checks, functions }: Examination): Checked[] {
  return [
    ...checks.map((check) => ({ ...check, function: undefined })),
    ...functions.flatMap(({ function: name, checks: own }) =>
      own.map((check) => ({ ...check, function: name })),
    ),
  ]
}

/** The finding, its consequence and what mends it, as lines of plain text. */
export function findingText({ detail, why, next = [], mends = [] }: Diagnosis): string {
  return [
    detail,
    ...(why === undefined ? [] : [why]),
    ...mends.map(({ where, text }) => `→ ${where}:\n${text}`),
    ...next.map((step) => `→ ${step}`),
  ].join('\n')
}
