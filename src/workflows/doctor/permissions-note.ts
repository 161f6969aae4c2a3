import { partitionOf } from '../../function/values/partition.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { policyText } from '../../operation/permissions/formats.ts'
import { leastPolicy } from '../../operation/permissions/policy.ts'
import { releaseVerbs } from '../../operation/permissions/verbs.ts'
import type { Examined } from './examined.ts'

/** The policy of a caller that releases only the code of functions; nothing without a function. */
export function permissionsNote(examined: readonly Examined[]): Diagnosis[] {
  const [first] = examined
  if (!first) return []
  const count = examined.length === 1 ? 'a function' : `${examined.length} functions`
  const [, , , region = '', account = ''] = first.latest.arn.split(':')
  const place = { partition: partitionOf(region), region, account }
  const functions = examined.map(({ target, fields, latest }) => ({
    lambdaName: target.lambdaName,
    manages: 'code' as const,
    logGroup: latest.logGroup,
    layers: latest.settings.layers ?? [],
    fields,
  }))
  const policy = leastPolicy({ place, functions, verbs: releaseVerbs })
  return [
    {
      title: 'permissions',
      outcome: 'note',
      detail: `a release of ${count} with manages: code needs no permission to change settings (docs/beside-iac.md#permissions)`,
      mends: [
        {
          where:
            'The IAM policy of a caller that may release only code; `lambdactl iam policy --for` prints one for chosen commands',
          language: 'json',
          text: policyText(policy, 'json', ''),
        },
      ],
    },
  ]
}
