import { relative, sep } from 'node:path'

/** The variables that tell a CI job its commit and the folder of its checkout. */
const jobs = [
  { variable: 'GITHUB_SHA', workspace: 'GITHUB_WORKSPACE' },
  { variable: 'CI_COMMIT_SHA', workspace: 'CI_PROJECT_DIR' },
]

/**
 * Returns the commit of a GitHub or GitLab job, with the variable that holds it; undefined outside of a job, and for a
 * folder outside of its checkout.
 */
export function commitOfJob(
  folder: string,
  variables: Readonly<Record<string, string | undefined>>,
): { commit: string; variable: string } | undefined {
  for (const { variable, workspace } of jobs) {
    const [commit, checkout] = [variables[variable], variables[workspace]]
    if (commit && /^[0-9a-f]{40}$/.test(commit) && checkout && isWithin(folder, checkout))
      return { commit, variable }
  }
  return undefined
}

function isWithin(folder: string, checkout: string): boolean {
  const [first] = relative(checkout, folder).split(sep)
  return first !== '..'
}
