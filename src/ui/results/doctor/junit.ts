import type { Diagnosis, Examination } from '../../../workflows/doctor.ts'
import { escapedMarkup } from '../../text/markup/markup.ts'
import { findingText } from './findings.ts'

/**
 * The checks as JUnit's test cases, a suite for the machine and one for each function. A note of something that was
 * not checked is a skipped case.
 *
 * @param failing the outcomes that count as failures
 */
export function junitText(
  { checks, functions }: Examination,
  failing: readonly Diagnosis['outcome'][],
): string {
  const suites = [
    { name: 'machine', checks },
    ...functions.map(({ function: name, checks: own }) => ({ name, checks: own })),
  ]
  const lines = suites.flatMap(({ name, checks: own }) => {
    const failures = own.filter(({ outcome }) => failing.includes(outcome)).length
    const skipped = own.filter((check) => !failing.includes(check.outcome) && isUnchecked(check)).length
    const counts = `tests="${own.length}" failures="${failures}" errors="0" skipped="${skipped}"`
    return [
      `  <testsuite name="${escapedMarkup(name)}" ${counts}>`,
      ...own.map((check) => caseOf(name, check, failing)),
      '  </testsuite>',
    ]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="lambdactl doctor">',
    ...lines,
    '</testsuites>',
  ].join('\n')
}

function caseOf(suite: string, check: Diagnosis, failing: readonly Diagnosis['outcome'][]): string {
  const begin = `    <testcase classname="${escapedMarkup(`doctor.${suite}`)}" name="${escapedMarkup(check.title)}"`
  const text = escapedMarkup(findingText(check))
  const detail = escapedMarkup(check.detail)
  if (failing.includes(check.outcome))
    return `${begin}><failure type="${check.outcome}" message="${detail}">${text}</failure></testcase>`
  // JUnit's schema allows no attribute here.
  if (isUnchecked(check)) return `${begin}><skipped>${detail}</skipped></testcase>`
  return check.outcome === 'pass' ? `${begin}/>` : `${begin}><system-out>${text}</system-out></testcase>`
}

function isUnchecked({ outcome, detail }: Diagnosis): boolean {
  return outcome === 'note' && detail.includes('not checked')
}
