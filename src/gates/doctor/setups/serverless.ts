import type { Mend } from '../diagnosis.ts'

/** The framework publishes a version with each deployment, unless it is told not to. */
export function serverlessMends(): Mend[] {
  return [
    {
      where:
        'In serverless.yml; and no plugin that makes aliases, such as serverless-plugin-canary-deployments',
      language: 'yaml',
      text: `provider:
  versionFunctions: false`,
    },
  ]
}
