import type { CiSystem } from '../../workflows/adoption/ci-files.ts'

/** The things that a pipeline needs and that its files don't give. */
export interface PipelineGaps {
  system: CiSystem
  environments: Record<'staging' | 'prod', { name: string; isKnown: boolean }>
  /** The configuration file, as a person names it. */
  config: string
  /** The folder of the project's packages if lambdactl is none of them; empty for this folder. */
  unpackagedIn: string | undefined
  /** Whether GitLab's own file leaves the pipeline out. */
  lacksInclude: boolean
  /** Functions that prod has and staging has not. */
  onlyInProd: readonly string[]
}

/** The next steps of a person who has a pipeline's files, one sentence each. */
export function pipelineSteps(gaps: PipelineGaps): string[] {
  const { system, environments, config, unpackagedIn, onlyInProd } = gaps
  const { staging, prod } = environments
  return [
    ...(staging.isKnown ? [] : [`Add the environment ${staging.name} to ${config}.`]),
    ...(prod.isKnown ? [] : [`Add the environment ${prod.name} to ${config}, with protected: true.`]),
    ...(unpackagedIn === undefined
      ? []
      : [
          `Make lambdactl a package of the project: npm install --save-dev lambdactl${unpackagedIn ? `, in ${unpackagedIn}` : ''}.`,
        ]),
    ...(gaps.lacksInclude ? ['Add to .gitlab-ci.yml: include: [{local: .gitlab/lambdactl.yml}]'] : []),
    ...onlyInProd.map((name) => `${name} is not in ${staging.name}, so the pipeline leaves it out.`),
    ...settings[system](staging.name, prod.name),
  ]
}

const steering = 'a role for `canary resume` and `rollback`'

const settings: Record<CiSystem, (staging: string, prod: string) => string[]> = {
  github: (staging, prod) => [
    `In the repository's settings, make the environments ${staging} and ${prod}, each with the variable AWS_ROLE_ARN; give ${prod} required reviewers.`,
    `Make the repository's variables AWS_DIFF_ROLE_ARN, a role for \`diff\`, and AWS_STEER_ROLE_ARN, ${steering} in ${prod}.`,
    `See the policy of a role: lambdactl iam policy --env ${prod} --for diff`,
  ],
  gitlab: (staging, prod) => [
    `In the project's settings, make the variable AWS_ROLE_ARN for each of the environments ${staging} and ${prod}, and protect ${prod}.`,
    `Make the variables AWS_DIFF_ROLE_ARN, a role for \`diff\`, and AWS_STEER_ROLE_ARN, ${steering} in ${prod}; and a pipeline schedule.`,
    `See the policy of a role: lambdactl iam policy --env ${prod} --for diff`,
  ],
}

/**
 * The written files, for a person.
 *
 * @param files as a person names them
 */
export function pipelineText(files: readonly string[]): string {
  if (files.length === 0) return 'nothing to write: the pipeline is there, and the same'
  return files.map((file) => `wrote ${file}`).join('\n')
}

/** The steps as lines beside the result. */
export function pipelineNotes(steps: readonly string[]): string {
  return ['', 'Next:', ...steps.map((step) => `  → ${step}`)].join('\n')
}
